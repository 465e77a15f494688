import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import type { Tools } from './tools.ts'

/** What a look at one thing showed. `skipped`: there was nothing to look at. */
export interface Finding {
  status: CheckResult['status']
  found: string
  fix?: string[]
}

export interface Check {
  id: string
  group: string
  title: string
  /** Ids of checks without whose success this one would only repeat their failure. */
  needs: readonly string[]
  run(tools: Tools): Promise<Finding>
}

export function ok(found: string): Finding {
  return { status: 'ok', found }
}

export function warn(found: string, ...fix: string[]): Finding {
  return { status: 'warn', found, fix }
}

export function fail(found: string, ...fix: string[]): Finding {
  return { status: 'fail', found, fix }
}

export function skipped(found: string): Finding {
  return { status: 'skipped', found }
}
