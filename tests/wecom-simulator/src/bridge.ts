import { lackOf } from './bridge/apis.ts'
import type { BridgeCall, BridgeReply, BridgeSettings, ForcedAnswer, NativeAnswer } from './bridge/bridge-types.ts'
import { configureAgent, configureCorp } from './bridge/configure.ts'
import { cancelAnswer, failAnswer, unknownFunctionAnswer } from './bridge/dialect.ts'
import { createGrants } from './bridge/grants.ts'
import { type Instant, nativeFunction } from './bridge/native-functions.ts'
import type { BridgeWorld } from './bridge/world.ts'

export interface Bridge {
  /** Answers as the native client on that platform does: its checks, its words, its ritual. */
  call(call: BridgeCall): BridgeReply
  readonly settings: BridgeSettings
  change(settings: Partial<BridgeSettings>): void
}

/** The native half of WeixinJSBridge. */
export function createBridge(world: BridgeWorld): Bridge {
  const grants = createGrants()
  let settings = usualSettings()

  function answer(call: BridgeCall): Instant {
    const { name, platform } = call
    const lack = lackOf(name, platform, settings.clientVersion)
    if (lack === 'nosupport') return plain(failAnswer(platform, name, lack))
    if (lack) return plain(unknownFunctionAnswer(platform))
    if (name === 'agentConfig') return plain(configureAgent(call, world, grants, settings.clientVersion))
    if (name === 'preVerifyJSAPI') return plain(configureCorp(call, world, grants))
    const permission = grants.permissionFor(call)
    if (permission !== 'granted') return plain(failAnswer(platform, name, permission))
    const run = nativeFunction(name)
    return run ? run(call, { settings, findMedia: world.findMedia }) : plain(unknownFunctionAnswer(platform))
  }

  function takeForced(name: string): ForcedAnswer | undefined {
    const { [name]: forced, ...rest } = settings.nextAnswers
    if (forced) settings = { ...settings, nextAnswers: rest }
    return forced
  }

  return {
    get settings() {
      return settings
    },
    change(changes) {
      settings = { ...settings, ...changes }
    },
    call(call) {
      const delayMs = delayOf(settings, call.name)
      const forced = takeForced(call.name)
      if (forced === 'silent' || delayMs === null) return { kind: 'silent' }
      return { ...(forced ? plain(forcedAnswer(forced, call)) : answer(call)), delayMs }
    },
  }
}

function usualSettings(): BridgeSettings {
  return { delays: {}, nextAnswers: {}, clientVersion: undefined, lateInjection: false }
}

function delayOf({ delays }: BridgeSettings, name: string): number | null {
  const own = delays[name]
  if (own !== undefined) return own
  return delays['*'] ?? (delays['*'] === null ? null : 0)
}

function forcedAnswer(forced: Exclude<ForcedAnswer, 'silent'>, { platform, name }: BridgeCall): NativeAnswer {
  switch (forced) {
    case 'refused':
      return failAnswer(platform, name, 'no permission')
    case 'cancelled':
      return cancelAnswer(platform, name)
    case 'function_not_exist':
      return unknownFunctionAnswer(platform)
  }
}

function plain(answer: NativeAnswer): Instant {
  return { kind: 'answer', answer }
}
