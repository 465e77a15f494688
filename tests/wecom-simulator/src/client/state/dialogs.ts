import { shallowRef } from 'vue'
import type { MessageContent } from '../../control-types.ts'

/** Questions the client asks in its own windows, above any page. */
export type Question =
  | { kind: 'share'; to: string; content: MessageContent; answer: (agreed: boolean) => void }
  | { kind: 'scan'; answer: (text: string | undefined) => void }
  | { kind: 'profile'; profile: 'member' | 'external'; userId: string; answer: () => void }
  | { kind: 'picture'; url: string; answer: () => void }

export const question = shallowRef<Question>()

export function askShare(to: string, content: MessageContent): Promise<boolean> {
  return ask<boolean>((answer) => ({ kind: 'share', to, content, answer }))
}

export function askScan(): Promise<string | undefined> {
  return ask<string | undefined>((answer) => ({ kind: 'scan', answer }))
}

export function showProfile(profile: 'member' | 'external', userId: string): void {
  void ask<void>((answer) => ({ kind: 'profile', profile, userId, answer }))
}

export function showPicture(url: string): void {
  void ask<void>((answer) => ({ kind: 'picture', url, answer }))
}

function ask<T>(pose: (answer: (value: T) => void) => Question): Promise<T> {
  return new Promise((resolve) => {
    question.value = pose((value) => {
      question.value = undefined
      resolve(value)
    })
  })
}
