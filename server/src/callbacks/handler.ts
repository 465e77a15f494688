import type { Deps } from '../deps.ts'
import type { JobContext } from '../jobs/job.ts'
import type { CallbackEvent, CallbackEvents, EventName } from './events.ts'

/** What a feature does about an event. It may run twice, late, or out of order, and must leave the same state. */
export interface Handler<N extends EventName> {
  /** Name of its job; stays the same for as long as jobs of it may be waiting. */
  task: string
  lane: 'welcome' | 'general'
  /** Events with one key need only one run, the latest; absent: every event has its own. */
  key?(data: CallbackEvents[N]): string
  /** False: this event is none of the handler's, and makes no job; absent: every event is. */
  wanted?(data: CallbackEvents[N]): boolean
  handle(event: CallbackEvent<N>, deps: Deps, context: JobContext): Promise<void>
}
