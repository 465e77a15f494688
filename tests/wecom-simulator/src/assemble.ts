import { Agent } from 'undici'
import { settleDueTransfers } from './actions/transfers.ts'
import { createSender } from './callbacks/sender.ts'
import { createChanges } from './changes.ts'
import type { Cloud } from './cloud/answer.ts'
import type { ApiCall } from './cloud/call-log.ts'
import { newCredentials } from './cloud/credentials.ts'
import { createFaults } from './cloud/faults.ts'
import { createGate } from './cloud/gate.ts'
import { BASE_RULES, createConcurrency, createRateLimits } from './cloud/limits.ts'
import { createOauthCodes } from './cloud/sign-in.ts'
import { endpoints } from './cloud/table.ts'
import { createWelcomeCodes } from './cloud/welcome-codes.ts'
import type { Context } from './context.ts'
import { apiLine, callbackLine } from './control/wire.ts'
import type { WireLine } from './control-types.ts'
import { createLog } from './log.ts'
import type { Limits, SimulatorOptions } from './settings.ts'
import { createStateFile, type Kept, readState } from './state-file.ts'
import { createWorld, EMPTY_SEED } from './world/create-world.ts'
import { createGroupLag } from './world/group-lag.ts'
import { createWorldDirectory } from './world/world-directory.ts'

const CALLBACK_TIMEOUT_MS = 5000
const RETRY_DELAY_MS = 500
/** Endpoint concurrency before 45033; WeCom publishes none. */
const CONCURRENCY = 200
const WIRE_LINES = 200
const CALLS = 100_000

const LIMITS: Limits = {
  contactWays: 500_000,
  corpTags: 10_000,
  tagsPerCustomer: 1000,
  customersPerMember: 20_000,
  acquisitionLinks: 1000,
  groupMembers: 500,
  groupsTakenPerDay: 300,
}

export type Parts = ReturnType<typeof assemble>

/** Everything but the HTTP server. `url` is asked for late: the port is known only once somebody listens. */
export function assemble(options: SimulatorOptions, url: () => string) {
  const now = options.now ?? (() => new Date())
  const kept = keptWorld(options)
  const stateFile = options.statePath ? createStateFile(options.statePath, options.corpId, kept) : undefined
  const changes = createChanges()
  const wire = createLog<WireLine>(WIRE_LINES)
  const calls = createLog<ApiCall>(CALLS)
  const dispatcher = new Agent({ connections: 128 })
  const faults = createFaults(options.latencyMs ?? [0, 0], options.seed?.random ?? 1)
  const codes = createOauthCodes()

  function draw(line: WireLine) {
    wire.add(line)
    changes.emit({ type: 'wire', line })
  }

  const sender = createSender({
    corpId: options.corpId,
    agentId: options.agentId,
    timeoutMs: options.callbackTiming?.timeoutMs ?? CALLBACK_TIMEOUT_MS,
    retryDelayMs: options.callbackTiming?.retryDelayMs ?? RETRY_DELAY_MS,
    now,
    dispatcher,
    onAttempt: (attempt) => draw(callbackLine(attempt)),
  })
  if (options.callback) sender.configure('app', options.callback)
  if (options.contactsCallback) sender.configure('contacts', options.contactsCallback)

  const groupLag = createGroupLag(kept.world, options.groupLagMs ?? 0)
  const context: Context = {
    corpId: options.corpId,
    agentId: options.agentId,
    trustedDomain: options.trustedDomains?.[0],
    ...kept,
    welcomeCodes: createWelcomeCodes(now),
    changes,
    sender,
    limits: { ...LIMITS, ...options.limits },
    groupLag,
    directory: createWorldDirectory(kept.world, groupLag),
    now,
    url,
    changed: () => stateFile?.writeSoon(),
  }
  let answered = 0
  const cloud: Cloud = {
    context,
    endpoints: new Map(endpoints(codes).map((endpoint) => [endpoint.path, endpoint])),
    faults,
    gate: createGate(),
    rates: createRateLimits(),
    concurrency: createConcurrency(),
    rules: BASE_RULES,
    concurrencyOf: () => options.concurrencyPerEndpoint ?? CONCURRENCY,
    catchUp: () => settleDueTransfers(context),
    onCall(call) {
      answered += 1
      calls.add(call)
      draw(apiLine(call, answered))
    },
  }
  return { context, cloud, codes, wire, calls, dispatcher, stateFile }
}

function keptWorld(options: SimulatorOptions): Kept {
  const kept = options.statePath ? readState(options.statePath, options.corpId) : undefined
  const world = kept?.world ?? createWorld(options.seed ?? EMPTY_SEED)
  const sameSecret = kept?.credentials.secret === options.agentSecret
  return { world, credentials: kept && sameSecret ? kept.credentials : newCredentials(options.agentSecret) }
}
