import type { CallbackEvent, EventName } from '../callbacks/events.ts'
import type { Handler } from '../callbacks/handler.ts'
import { formatDay } from '../wording/days.ts'
import type { AlertKind } from './alert-kinds.ts'
import { endAlerts, lockKinds } from './alerts.repository.ts'
import { toldSince } from './ending-events.repository.ts'
import { type AlertNews, raiseWithin } from './raise-alert.ts'

interface Rule<N extends EventName> {
  task: string
  raises: AlertKind
  /** What was only feared and has now happened. */
  replaces?: AlertKind
  /** Events that take it back. Callbacks come in any order: one that happened later has the last word. */
  endedBy?: readonly EventName[]
  says(event: CallbackEvent<N>): Pick<AlertNews, 'subject' | 'detail' | 'endsAt'>
}

function raising<N extends EventName>({ task, raises, replaces, endedBy = [], says }: Rule<N>): Handler<N> {
  const replaced = replaces ? [replaces] : []
  return {
    task,
    lane: 'general',
    async handle(event, { db, clock }) {
      await db.transaction().execute(async (tx) => {
        await lockKinds(tx, [raises, ...replaced])
        const { at } = event
        if (replaces) await endAlerts(tx, { kinds: replaced, at, now: clock.now() })
        if (await toldSince(tx, endedBy, event)) return
        await raiseWithin(tx, { kind: raises, at, ...says(event) })
      })
    },
  }
}

function ending<N extends EventName>(task: string, kinds: readonly AlertKind[]): Handler<N> {
  return {
    task,
    lane: 'general',
    async handle({ at }, { db, clock }) {
      await db.transaction().execute(async (tx) => {
        await lockKinds(tx, kinds)
        await endAlerts(tx, { kinds, at, now: clock.now() })
      })
    },
  }
}

export const alertAppInactive = raising<'app.inactive_alert'>({
  task: 'alert_app_inactive',
  raises: 'app_inactive_soon',
  endedBy: ['app.closed_inactive', 'app.reopened'],
  says: ({ data }) => ({ detail: `应用长期没人使用,企业微信将在${dayOf(data.effectTime)}停用它。` }),
})

export const alertLowActiveSoon = raising<'app.low_active_alert'>({
  task: 'alert_low_active_soon',
  raises: 'app_low_active_soon',
  endedBy: ['app.low_active', 'app.active_restored'],
  says: ({ data }) => ({ detail: `成员活跃太低,企业微信将在${dayOf(data.effectTime)}限制客户数据。` }),
})

export const alertAppClosed = raising<'app.closed_inactive'>({
  task: 'alert_app_closed',
  raises: 'app_closed',
  replaces: 'app_inactive_soon',
  endedBy: ['app.reopened'],
  says: () => ({ detail: '应用因长期没人使用,已被企业微信停用。' }),
})

export const endAppClosed = ending<'app.reopened'>('end_app_closed', ['app_closed', 'app_inactive_soon'])

export const alertLowActive = raising<'app.low_active'>({
  task: 'alert_low_active',
  raises: 'app_low_active',
  replaces: 'app_low_active_soon',
  endedBy: ['app.active_restored'],
  says: () => ({ detail: '成员活跃太低,企业微信已限制客户数据,客户资料和标签暂时取不到。' }),
})

export const endLowActive = ending<'app.active_restored'>('end_low_active', ['app_low_active', 'app_low_active_soon'])

export const alertQuotaLow = raising<'acquisition.balance_low'>({
  task: 'alert_quota_low',
  raises: 'acquisition_low',
  endedBy: ['acquisition.balance_exhausted', 'acquisition.balance_increased'],
  says: () => ({ detail: '获客助手的额度剩下不到 20 个。' }),
})

export const alertQuotaExhausted = raising<'acquisition.balance_exhausted'>({
  task: 'alert_quota_exhausted',
  raises: 'acquisition_exhausted',
  replaces: 'acquisition_low',
  endedBy: ['acquisition.balance_increased'],
  says: () => ({ detail: '获客助手的额度用完了,新客户加不上。' }),
})

export const endQuotaExhausted = ending<'acquisition.balance_increased'>('end_quota_exhausted', [
  'acquisition_exhausted',
  'acquisition_low',
])

/** WeCom tells of the same quota 14, 7, 3, 2 and 1 days before (doc 97299); to HQ it is one alert until it expires. */
export const alertQuotaExpiring = raising<'acquisition.quota_expiring'>({
  task: 'alert_quota_expiring',
  raises: 'acquisition_quota_expiring',
  says: ({ data: { expiresAt, quota } }) => ({
    subject: expiresAt === undefined ? '' : String(expiresAt),
    detail: `${quota === undefined ? '一批' : `${quota} 个`}获客助手额度将在${dayOf(expiresAt)}到期。`,
    ...(expiresAt !== undefined && { endsAt: new Date(expiresAt * 1000) }),
  }),
})

function dayOf(seconds: number | undefined): string {
  return seconds === undefined ? '近期' : ` ${formatDay(new Date(seconds * 1000))} `
}
