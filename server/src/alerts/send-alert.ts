import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { RunLater, type Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { type AlertKind, isAlertKind } from './alert-kinds.ts'
import { alertCard } from './alert-message.ts'
import { lastSentAt, listOpenAlerts, lockKinds, markSent } from './alerts.repository.ts'
import { enqueueSending } from './raise-alert.ts'
import { raiseRefusal } from './raise-refusal.ts'

/** HQ hears of one kind at most once in this time; what comes up meanwhile travels together. */
const PAUSE_MS = 3_600_000
/** While WeCom itself is set up wrongly, nothing can be sent; the console shows it meanwhile. */
const REFUSED_PAUSE_MS = 900_000
const REFUSED_TRIES = 96
/** All receivers are unknown or out of range (doc 90236). */
const NOBODY_THERE = 81013

export const sendAlert: Task = {
  name: 'send_alert',
  lane: 'general',
  async run({ kind }, deps) {
    if (typeof kind !== 'string' || !isAlertKind(kind)) return
    try {
      await deps.db.transaction().execute((tx) => sendWithin(tx, kind, deps))
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      // Stays unsent and on the console; the doctor says which of HQ_USER_IDS is wrong.
      if (error.errcode === NOBODY_THERE) return deps.log.warn({ kind }, 'nobody of HQ can be told')
      if (error.failure !== 'configuration') throw error
      await raiseRefusal(deps, error)
      throw new RunLater(error.message, REFUSED_PAUSE_MS, REFUSED_TRIES)
    }
  },
}

async function sendWithin(tx: Db, kind: AlertKind, { config, wecom, clock, log }: Deps): Promise<void> {
  await lockKinds(tx, [kind])
  const unsent = (await listOpenAlerts(tx, kind)).filter(({ sentAt }) => sentAt === null)
  const receivers = config.hqUserIds.join('|')
  if (unsent.length === 0 || receivers === '') return
  const now = clock.now()
  const last = await lastSentAt(tx, kind)
  if (last && now.getTime() - last.getTime() < PAUSE_MS)
    return enqueueSending(tx, kind, new Date(last.getTime() + PAUSE_MS))
  const receipt = await wecom.call('message/send', {
    touser: receivers,
    agentid: Number(config.wecom.agentId),
    msgtype: 'textcard',
    textcard: alertCard(kind, unsent, config.publicUrl),
    // A send whose answer got lost is tried again: the same card within the half hour arrives once (doc 90236).
    enable_duplicate_check: 1,
  })
  if (receipt.invaliduser) log.warn({ kind, count: receipt.invaliduser.split('|').length }, 'some of HQ cannot be told')
  await markSent(
    tx,
    unsent.map(({ alertId }) => alertId),
    now,
  )
}
