import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import { type Check, type Finding, fail, skipped } from './check.ts'
import { explainSilence } from './http.ts'
import type { Tools } from './tools.ts'

export interface Watcher {
  /** One after the other, in the list's order. */
  onResult(result: CheckResult): void | Promise<void>
  /** Takes secrets out of what is about to be shown. */
  clean(text: string): string
}

/** Looks at everything, each as soon as what it needs is known to be well. */
export async function examine(checks: readonly Check[], tools: Tools, watcher: Watcher): Promise<CheckResult[]> {
  const running = new Map<string, Promise<CheckResult>>()

  async function look(check: Check): Promise<CheckResult> {
    const needed = await Promise.all(check.needs.map((id) => running.get(id)))
    const missing = needed.find((result) => result && !isWell(result))
    const { status, found, fix } = missing ? skipped(`要先解决“${missing.title}”`) : await attempt(check, tools)
    const { clean } = watcher
    const { id, group, title } = check
    return { id, group, title, status, found: clean(found), ...(fix?.length && { fix: fix.map(clean) }) }
  }

  for (const check of checks) running.set(check.id, look(check))
  const results: CheckResult[] = []
  for (const result of running.values()) {
    results.push(await result)
    await watcher.onResult(await result)
  }
  return results
}

function isWell({ status }: CheckResult): boolean {
  return status === 'ok' || status === 'warn'
}

/** A check that breaks is a finding of its own: the others go on. */
async function attempt(check: Check, tools: Tools): Promise<Finding> {
  try {
    return await check.run(tools)
  } catch (error) {
    const silence = explainSilence(error)
    if (silence) return fail(silence.says, '检查网络和防火墙后再查一次')
    const name = error instanceof Error ? `${error.name}: ${error.message}` : '不明错误'
    return fail(`没查成(${name})`, '再查一次;还是这样,请把这一行发给开发者')
  }
}
