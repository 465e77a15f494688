import type { DeliveryAttempt } from '../callbacks/sender.ts'
import type { ApiCall } from '../cloud/call-log.ts'
import type { WireLine } from '../control-types.ts'

export function callbackLine(tried: DeliveryAttempt): WireLine {
  return {
    id: `callback-${tried.deliveryId}-${tried.attempt}`,
    at: tried.at.toISOString(),
    kind: 'callback',
    label: `POST ${tried.path} ${tried.changeType ?? tried.event}`,
    outcome: tried.status === undefined ? (tried.failure ?? 'network') : String(tried.status),
    ok: tried.status === 200,
    ms: Math.round(tried.ms),
    attempt: tried.attempt,
  }
}

export function apiLine(call: ApiCall, number: number): WireLine {
  return {
    id: `api-${number}`,
    at: call.startedAt.toISOString(),
    kind: 'api',
    label: shortName(call.endpoint),
    outcome: `errcode ${call.errcode}`,
    ok: call.errcode === 0,
    ms: Math.round(call.ms),
  }
}

/** 'send_welcome_msg' says enough alone, 'get' does not. */
function shortName(endpoint: string): string {
  const last = endpoint.slice(endpoint.lastIndexOf('/') + 1)
  return last.includes('_') ? last : endpoint
}
