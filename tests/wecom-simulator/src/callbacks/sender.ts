import { setMaxListeners } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { type Dispatcher, errors, request } from 'undici'
import { createLog } from '../log.ts'
import type { CallbackSettings } from '../settings.ts'
import { createLossyLine } from './lossy-line.ts'
import { sealCallback, withQuery } from './seal.ts'
import { toXml, type XmlValue } from './xml.ts'

export type Receiver = 'app' | 'contacts'

/** The event's own fields; ToUserName, FromUserName, CreateTime and MsgType are filled in when missing. */
export type EventFields = { Event: string } & Record<string, XmlValue | undefined>

export interface SendOptions {
  /** Default: change_contact goes to the contacts assistant, everything else to the app. */
  receiver?: Receiver
  /** Deliver the same event twice, as WeCom sometimes does. */
  duplicate?: boolean
}

export interface DeliveryAttempt {
  deliveryId: number
  receiver: Receiver
  event: string
  changeType?: string
  path: string
  /** 1 for the first try. */
  attempt: number
  at: Date
  ms: number
  status?: number
  failure?: 'timeout' | 'network'
}

export interface Delivery {
  id: number
  receiver: Receiver
  event: string
  changeType?: string
  /** Answered with 200 in the end. */
  ok: boolean
  status?: number
  attempts: number
  /** From the first try to the last answer. */
  ms: number
}

interface SenderSettings {
  corpId: string
  agentId: string
  timeoutMs: number
  retryDelayMs: number
  now: () => Date
  dispatcher: Dispatcher
  onAttempt: (attempt: DeliveryAttempt) => void
}

/** docs 90930, 90238: a timeout, a broken connection or any status but 200 is tried again, three times. */
const RETRIES = 3

export type Sender = ReturnType<typeof createSender>

export function createSender(settings: SenderSettings) {
  const receivers = new Map<Receiver, CallbackSettings>()
  const log = createLog<DeliveryAttempt>(50_000)
  const stopped = new AbortController()
  setMaxListeners(0, stopped.signal) // one for every retry that waits
  const line = createLossyLine()
  let issued = 0

  function envelopeOf(receiver: Receiver) {
    return receiver === 'app' ? { corpId: settings.corpId, agentId: settings.agentId } : { corpId: settings.corpId }
  }

  function seal(receiver: Receiver, event: EventFields | string) {
    const callback = receivers.get(receiver)
    if (!callback) throw new Error(`No callback is configured for ${receiver}`)
    const xml = typeof event === 'string' ? event : toXml('xml', complete(event))
    return sealCallback(callback, envelopeOf(receiver), xml, settings.now())
  }

  function complete(event: EventFields): EventFields {
    const createTime = Math.floor(settings.now().getTime() / 1000)
    return { ToUserName: settings.corpId, FromUserName: 'sys', CreateTime: createTime, MsgType: 'event', ...event }
  }

  async function post(callback: CallbackSettings, xml: string, receiver: Receiver) {
    const { url, query, body } = sealCallback(callback, envelopeOf(receiver), xml, settings.now())
    const answer = await request(withQuery(url, query), {
      dispatcher: settings.dispatcher,
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
      // Cheaper than a signal per request, which a thousand new friends would notice.
      headersTimeout: settings.timeoutMs,
      bodyTimeout: settings.timeoutMs,
    })
    await answer.body.dump()
    return answer.statusCode
  }

  async function deliver(receiver: Receiver, callback: CallbackSettings, event: EventFields, xml: string) {
    const id = ++issued
    const names = { event: event.Event, changeType: textOf(event.ChangeType) }
    const started = performance.now()
    let attempt = 0
    let status: number | undefined
    while (attempt <= RETRIES && !stopped.signal.aborted) {
      attempt += 1
      const tryStarted = performance.now()
      const at = settings.now()
      let failure: DeliveryAttempt['failure']
      try {
        status = await post(callback, xml, receiver)
      } catch (cause) {
        if (stopped.signal.aborted) break
        status = undefined
        failure = isTimeout(cause) ? 'timeout' : 'network'
      }
      const ms = performance.now() - tryStarted
      const path = new URL(callback.url).pathname
      const tried = { deliveryId: id, receiver, ...names, path, attempt, at, ms, status, failure }
      log.add(tried)
      settings.onAttempt(tried)
      if (status === 200) break
      if (attempt <= RETRIES) await pause(settings.retryDelayMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
    const ms = performance.now() - started
    const delivery: Delivery = { id, receiver, ...names, ok: status === 200, status, attempts: attempt, ms }
    return delivery
  }

  return {
    attempts: log.items,
    seal,
    configure(receiver: Receiver, callback: CallbackSettings) {
      receivers.set(receiver, callback)
    },
    configured: (receiver: Receiver) => receivers.get(receiver),
    line,
    /** null: nobody listens, or it was lost on the way. */
    async send(event: EventFields, options: SendOptions = {}): Promise<Delivery | null> {
      const receiver = options.receiver ?? (event.Event === 'change_contact' ? 'contacts' : 'app')
      const callback = receivers.get(receiver)
      if (!callback) return null
      // The event is fixed here: a retry or a late delivery carries the CreateTime of the change.
      const xml = toXml('xml', complete(event))
      const once = () => deliver(receiver, callback, event, xml)
      const copy = options.duplicate ? line.pass(once) : undefined
      const delivery = await line.pass(once)
      await copy
      return delivery
    },
    stop() {
      line.stop()
      stopped.abort()
    },
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError
}

function textOf(value: XmlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
