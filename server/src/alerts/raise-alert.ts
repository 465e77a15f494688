import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { AlertKind } from './alert-kinds.ts'
import { lockKinds, openAlert } from './alerts.repository.ts'

export interface AlertNews {
  kind: AlertKind
  /** Which one, when a kind can be about several things; alerts of one kind and subject are one while it is open. */
  subject?: string
  /** One sentence for HQ; no names of customers, no phone numbers, no codes. */
  detail: string
  /** When it happened; default now. */
  at?: Date
  /** When its cause ends by itself. */
  endsAt?: Date
}

/** Keeps it for the console and has it sent to HQ, unless it is open already. */
export async function raiseAlert({ db, clock }: Pick<Deps, 'db' | 'clock'>, news: AlertNews): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockKinds(tx, [news.kind])
    await raiseWithin(tx, { at: clock.now(), ...news })
  })
}

/** For a caller whose transaction already holds the kind. */
export async function raiseWithin(tx: Db, news: AlertNews & { at: Date }): Promise<void> {
  const { kind, subject = '', detail, at, endsAt } = news
  if (await openAlert(tx, { kind, subject, detail, at, endsAt })) await enqueueSending(tx, kind)
}

export function enqueueSending(tx: Db, kind: AlertKind, runAt?: Date): Promise<void> {
  return enqueue(tx, {
    task: 'send_alert',
    payload: { kind },
    key: `send_alert ${kind}`,
    priority: 0,
    ...(runAt && { runAt }),
  })
}
