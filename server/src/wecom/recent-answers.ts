import type { Clock } from '../clock.ts'
import type { WecomAnswer } from './transport.ts'

const KEPT_MS = 3_000

interface Asked {
  at: number
  answer: Promise<WecomAnswer>
}

/**
 * Two jobs of one callback ask WeCom the same within milliseconds. Whoever says since when an answer is fresh enough
 * may have one that was asked for after that, also while it is under way; whoever does not say always asks anew.
 */
export function createRecentAnswers(clock: Clock) {
  const asked = new Map<string, Asked>()

  return {
    ask(
      { endpoint, query }: { endpoint: string; query: Record<string, string> },
      freshSince: Date | undefined,
      send: () => Promise<WecomAnswer>,
    ): Promise<WecomAnswer> {
      if (freshSince === undefined) return send()
      const now = clock.now().getTime()
      // The map keeps the order of asking, so the old ones stand first.
      for (const [old, { at }] of asked) {
        if (at > now - KEPT_MS) break
        asked.delete(old)
      }
      const question = `${endpoint} ${JSON.stringify(query)}`
      const held = asked.get(question)
      if (held && held.at >= freshSince.getTime()) return held.answer
      const answer = send()
      asked.delete(question)
      asked.set(question, { at: now, answer })
      // A failure is nobody else's: the next one asks again.
      answer.catch(() => {
        if (asked.get(question)?.answer === answer) asked.delete(question)
      })
      return answer
    },
  }
}
