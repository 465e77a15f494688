import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { type Check, type Finding, ok } from './check.ts'
import { checks } from './checks.ts'
import { examine } from './examine.ts'
import { createHttp } from './http.ts'
import { openDatabase, whereIs } from './open-database.ts'
import { createRawWecom } from './raw-wecom.ts'
import { redact, secretsOf } from './redact.ts'
import { checkSettings } from './settings-check.ts'
import type { DatabaseAccess } from './tools.ts'

type OnResult = (result: CheckResult) => void | Promise<void>

/** From nothing but the environment, as on the command line: no server need run. */
export async function examineEnvironment(env: NodeJS.ProcessEnv, onResult: OnResult): Promise<CheckResult[]> {
  const { finding, config } = checkSettings(env)
  if (!config) {
    const results = [settingsResult(finding), ...checks.map((check) => afterSettings(check))]
    for (const result of results) await onResult(result)
    return results
  }
  const database = openDatabase(config)
  try {
    return await examineWith({ config, clock: systemClock, database }, finding, onResult)
  } finally {
    await database.close()
  }
}

/** From inside a running server: its settings are those it runs on, its database is the one it has open. */
export function examineServer({ config, clock, pool }: Deps, onResult: OnResult): Promise<CheckResult[]> {
  const database = { where: whereIs(config.databaseUrl, config.dataDir), pool: async () => pool }
  return examineWith({ config, clock, database }, ok('每一项都认得'), onResult)
}

interface Given {
  config: Config
  clock: Clock
  database: DatabaseAccess
}

async function examineWith(given: Given, found: Finding, onResult: OnResult): Promise<CheckResult[]> {
  const http = createHttp()
  const wecom = createRawWecom(given.config.wecom)
  const secrets = secretsOf(given.config)
  const settings: Check = { ...SETTINGS, needs: [], run: async () => found }
  try {
    return await examine(
      [settings, ...checks],
      { ...given, http, wecom },
      { onResult, clean: (text) => redact(text, [...secrets, ...wecom.secrets()]) },
    )
  } finally {
    await http.close()
    await wecom.close()
  }
}

const SETTINGS = { id: 'settings', group: '设置', title: '环境设置' }

/** Everything that will be looked at, for a page that waits. */
export const checkTitles = [SETTINGS, ...checks].map(({ id, group, title }) => ({ id, group, title }))

function settingsResult({ status, found, fix }: Finding): CheckResult {
  return { ...SETTINGS, status, found, ...(fix && { fix }) }
}

function afterSettings({ id, group, title }: Check): CheckResult {
  return { id, group, title, status: 'skipped', found: `要先解决“${SETTINGS.title}”` }
}
