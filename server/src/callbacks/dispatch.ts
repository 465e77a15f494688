import {
  alertAppClosed,
  alertAppInactive,
  alertLowActive,
  alertLowActiveSoon,
  alertQuotaExhausted,
  alertQuotaExpiring,
  alertQuotaLow,
  endAppClosed,
  endLowActive,
  endQuotaExhausted,
} from '../alerts/handlers.ts'
import { arriveByChannel, countLinkVisit } from '../channels/handlers.ts'
import { linkDeleted, linkUnavailable } from '../channels/link-troubles.ts'
import { endFollow, mirrorEditedCustomer, startFollow } from '../customers/handlers.ts'
import type { Deps } from '../deps.ts'
import { endDismissedGroup, followGroupChange, noticeNewGroup } from '../groups/handlers.ts'
import { followNewUserId, mirrorDepartment, mirrorMember } from '../guides/handlers.ts'
import type { JobSpec, Task } from '../jobs/job.ts'
import { failTransfer, followTransfer } from '../ownership/handlers.ts'
import { rereadTags } from '../tags/handlers.ts'
import { sendWelcome } from '../welcome/send-welcome.ts'
import type { CallbackEvent, EventName } from './events.ts'
import type { Handler } from './handler.ts'

/**
 * All the system does about a callback, on one screen. Each handler is a job of its own: one that fails is retried
 * alone, and none waits for another. A new event does not compile until it has a row.
 */
const handlers: { [N in EventName]: readonly Handler<N>[] } = {
  'follow.added': [sendWelcome, startFollow, arriveByChannel], // the welcome first: its code dies after 20 s
  'follow.half_added': [sendWelcome, startFollow, arriveByChannel],
  'follow.edited': [mirrorEditedCustomer],
  'follow.ended_by_guide': [endFollow, followTransfer],
  'follow.ended_by_customer': [endFollow],
  'follow.transfer_failed': [failTransfer],
  'follow.archive_approved': [sendWelcome],

  'group.created': [noticeNewGroup],
  'group.dismissed': [endDismissedGroup],
  'group.updated': [followGroupChange],

  'tag.created': [rereadTags],
  'tag.updated': [rereadTags],
  'tag.deleted': [rereadTags],
  'tag.shuffled': [rereadTags],

  'acquisition.balance_low': [alertQuotaLow],
  'acquisition.balance_exhausted': [alertQuotaExhausted],
  'acquisition.balance_increased': [endQuotaExhausted],
  'acquisition.quota_expiring': [alertQuotaExpiring],
  'acquisition.link_unavailable': [linkUnavailable],
  'acquisition.link_deleted': [linkDeleted],
  'acquisition.profile_opened': [countLinkVisit],
  'acquisition.friend_requested': [countLinkVisit],
  'acquisition.chat_started': [countLinkVisit],
  'acquisition.customer_wrote': [countLinkVisit],

  'contact.user_created': [mirrorMember],
  'contact.user_updated': [mirrorMember, followNewUserId],
  'contact.user_deleted': [mirrorMember],
  'contact.party_created': [mirrorDepartment],
  'contact.party_updated': [mirrorDepartment],
  'contact.party_deleted': [mirrorDepartment],
  'contact.tag_updated': [], // the contacts' own tags decide nothing here: places come from departments

  'app.subscribed': [mirrorMember],
  'app.unsubscribed': [mirrorMember],
  'app.entered': [],
  'app.located': [],
  'app.menu_clicked': [],
  'app.menu_link_opened': [],
  'app.menu_miniprogram_opened': [],
  'app.menu_scanned': [],
  'app.menu_scanned_waiting': [],
  'app.menu_photo_taken': [],
  'app.menu_photo_or_album': [],
  'app.menu_album': [],
  'app.menu_location_chosen': [],
  'app.card_clicked': [],
  'app.card_menu_clicked': [],
  'app.batch_job_done': [],
  'app.media_upload_done': [],
  'app.inactive_alert': [alertAppInactive],
  'app.low_active_alert': [alertLowActiveSoon],
  'app.closed_inactive': [alertAppClosed],
  'app.reopened': [endAppClosed],
  'app.low_active': [alertLowActive],
  'app.active_restored': [endLowActive],
  'app.share_agent_changed': [],
  'app.share_chain_changed': [],
  'app.open_approval_changed': [],
  'app.approval_changed': [],
  'app.message': [],

  unknown: [],
}

/** The jobs of one event, to be committed together with it. All have its payload. */
export function jobsFor(event: CallbackEvent): { payload: JobSpec['payload']; jobs: Omit<JobSpec, 'payload'>[] } {
  const wanting = handlersOf(event.name).filter(({ wanted }) => wanted?.(event.data) ?? true)
  const jobs = wanting.map((handler) => {
    const key = handler.key?.(event.data)
    return {
      task: handler.task,
      priority: handler.lane === 'welcome' ? -10 : 0,
      ...(key === undefined ? {} : { key: `${handler.task} ${key}` }),
    }
  })
  return { payload: toPayload(event), jobs }
}

/** Every handler as a task for the workers, once each. */
export function handlerTasks(): Task[] {
  const all = new Map(
    Object.values(handlers)
      .flat()
      .map((handler) => [handler.task, handler] as const),
  )
  return [...all.values()].map((handler) => ({
    name: handler.task,
    lane: handler.lane,
    run: (payload, deps, context) => runHandler(handler, payload, deps, context.attempt),
  }))
}

// The table pairs each name with handlers of its own data; TypeScript cannot follow that through a lookup by a
// name it only knows at run time, so the pairing is restated here, once in and once out.
type AnyHandler = Handler<EventName>

function handlersOf(name: EventName): readonly AnyHandler[] {
  return handlers[name] as readonly AnyHandler[]
}

function runHandler(handler: unknown, payload: Record<string, unknown>, deps: Deps, attempt: number): Promise<void> {
  return (handler as AnyHandler).handle(fromPayload(payload), deps, { attempt })
}

function toPayload({ name, data, at, receivedAt }: CallbackEvent): Record<string, unknown> {
  return { name, data, at: at.toISOString(), receivedAt: receivedAt.toISOString() }
}

/** The payload was written by `toPayload`, perhaps by an older release. */
function fromPayload({ name, data, at, receivedAt }: Record<string, unknown>): CallbackEvent {
  return { name, data, at: new Date(String(at)), receivedAt: new Date(String(receivedAt)) } as CallbackEvent
}
