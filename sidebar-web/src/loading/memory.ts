interface Answer<T> {
  value: T
  at: number
}

/** The last answers of one kind, so that a customer seen a minute ago is there at once, with their age. */
export function makeMemory<T>(most = 30) {
  const answers = new Map<string, Answer<T>>()
  return {
    recall: (key: string): Answer<T> | undefined => answers.get(key),
    keep(key: string, answer: Answer<T>): void {
      answers.delete(key) // so that the order is by use
      answers.set(key, answer)
      const oldest = answers.keys().next()
      if (answers.size > most && !oldest.done) answers.delete(oldest.value)
    },
  }
}

export type Memory<T> = ReturnType<typeof makeMemory<T>>
