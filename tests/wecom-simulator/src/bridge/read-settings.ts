import { type BridgeSettings, type ForcedAnswer, forcedAnswers } from './bridge-types.ts'

/** The known settings of a body; undefined when one has a value we cannot use. `clientVersion: ''` means the usual one. */
export function readSettings(body: unknown): Partial<BridgeSettings> | undefined {
  if (!isRecord(body)) return undefined
  const settings: Partial<BridgeSettings> = {}
  if ('delays' in body) {
    if (!isRecord(body.delays) || !Object.values(body.delays).every(isDelay)) return undefined
    settings.delays = Object.fromEntries(
      Object.entries(body.delays).filter((entry): entry is [string, number | null] => isDelay(entry[1])),
    )
  }
  if ('nextAnswers' in body) {
    if (!isRecord(body.nextAnswers) || !Object.values(body.nextAnswers).every(isForced)) return undefined
    settings.nextAnswers = Object.fromEntries(
      Object.entries(body.nextAnswers).filter((entry): entry is [string, ForcedAnswer] => isForced(entry[1])),
    )
  }
  if ('clientVersion' in body) {
    const { clientVersion } = body
    if (typeof clientVersion !== 'string' || !/^(\d+(\.\d+)*)?$/.test(clientVersion)) return undefined
    settings.clientVersion = clientVersion || undefined
  }
  if ('lateInjection' in body) {
    if (typeof body.lateInjection !== 'boolean') return undefined
    settings.lateInjection = body.lateInjection
  }
  return settings
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDelay(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value >= 0)
}

function isForced(value: unknown): value is ForcedAnswer {
  return forcedAnswers.some((known) => known === value)
}
