import type { BridgeCall, NativeAnswer } from './bridge-types.ts'
import { isOlder, versionOf } from './client-version.ts'
import { configFailAnswer, failAnswer, okAnswer } from './dialect.ts'
import type { Grants } from './grants.ts'
import type { BridgeWorld } from './world.ts'

/** From this client on, agentConfig needs no configuration of the corp before it (doc 94313). */
const AGENT_CONFIG_ALONE_SINCE = '3.0.24'

export function configureAgent(call: BridgeCall, world: BridgeWorld, grants: Grants, version?: string): NativeAnswer {
  const { params, platform } = call
  const names = namesIn(params.jsApiList)
  if (params.corpid !== world.corpId) return configFailAnswer('agentConfig', 'invalid corpId', 40013)
  // A wrong agentid and one of another corp are told in the same few words.
  if (String(params.agentid) !== world.agentId) return { err_msg: 'agentConfig:fail' }
  if (names.length === 0) return configFailAnswer('agentConfig', 'invalid parameter', 40063)
  if (!world.isTrusted(call.href)) return untrusted
  if (!world.seesApp(call.guide)) return failAnswer(platform, 'agentConfig', 'user not in allow list')
  if (isOlder(versionOf(platform, version), AGENT_CONFIG_ALONE_SINCE) && !grants.corpVerified(call))
    return { err_msg: 'agentConfig:fail' }
  const verdict = world.checkSignature('agent', {
    url: call.href,
    timestamp: textOf(params.timestamp),
    nonceStr: textOf(params.nonceStr),
    signature: textOf(params.signature),
  })
  if (!verdict.ok) return configFailAnswer('agentConfig', signatureWords(verdict.errcode), verdict.errcode)
  grants.grant(call, 'agent', names)
  return okAnswer(platform, 'agentConfig', { checkResult: { api: true } })
}

export function configureCorp(call: BridgeCall, world: BridgeWorld, grants: Grants): NativeAnswer {
  const { params, platform } = call
  const names = namesIn(params.verifyJsApiList)
  if (!params.appId) return configFailAnswer('preVerifyJSAPI', 'invalid parameter', 40063)
  if (params.appId !== world.corpId) return configFailAnswer('preVerifyJSAPI', 'invalid corpId', 40013)
  if (!world.isTrusted(call.href)) return untrusted
  const verdict = world.checkSignature('corp', {
    url: call.href,
    timestamp: textOf(params.verifyTimestamp),
    nonceStr: textOf(params.verifyNonceStr),
    signature: textOf(params.verifySignature),
  })
  if (!verdict.ok) return configFailAnswer('preVerifyJSAPI', signatureWords(verdict.errcode), verdict.errcode)
  grants.grant(call, 'corp', names)
  return okAnswer(platform, 'preVerifyJSAPI')
}

/** Without the API's name before it, as clients send it. */
const untrusted: NativeAnswer = {
  err_msg: 'not match any reliable domain. more info at https://open.work.weixin.qq.com/devtool/query?e=80001',
}

function signatureWords(errcode: number): string {
  return errcode === 40093 ? 'invalid signature' : 'invalid jsapi_ticket'
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : []
}
