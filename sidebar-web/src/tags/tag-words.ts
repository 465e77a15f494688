import { ApiError, worthRetrying } from '../api/api-error.ts'
import { problemWords } from '../api/problem-words.ts'
import type { TagWish } from './tag-wishes.ts'

/** 已加上「喜欢银色」, or how many when there are several. */
export function doneWords(wishes: readonly TagWish[]): string {
  const [first, ...more] = wishes
  if (!first || more.length > 0) return `改了 ${wishes.length} 个标签`
  return `${first.wanted ? '已加上' : '已去掉'}「${first.name}」`
}

export function failedWords(wishes: readonly TagWish[], error: unknown): string {
  const [first, ...more] = wishes
  const what = !first || more.length > 0 ? '标签没有改成' : `「${first.name}」没有${first.wanted ? '加上' : '去掉'}`
  return `${what}:${problemWords(error).what}`
}

export function mayTryAgain(error: unknown): boolean {
  return worthRetrying(error) || (error instanceof ApiError && error.code === 'unauthenticated')
}
