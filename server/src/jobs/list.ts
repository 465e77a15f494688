import { sendAlert } from '../alerts/send-alert.ts'
import { watchCauses } from '../alerts/watch-causes.ts'
import { handlerTasks } from '../callbacks/dispatch.ts'
import { purgeInbox } from '../callbacks/purge-inbox.ts'
import { markArrival } from '../channels/mark-arrival.ts'
import { syncChannel } from '../channels/sync-channel.ts'
import { turnChannels } from '../channels/turn-channels.ts'
import { computeCredits, creditOrder, reachUncovered, sweepCredits } from '../commission/compute-credits.ts'
import { rereadCustomer } from '../customers/reread-customer.ts'
import { completeGroup, mirrorOneGroup } from '../groups/jobs.ts'
import { purgeActions } from '../guide-actions/purge-actions.ts'
import { mirrorNewGuides } from '../guides/mirror-new-guides.ts'
import { purgeAnswers } from '../open-api/answer-once.ts'
import { followHandovers } from '../ownership/follow-handovers.ts'
import { workHandover } from '../ownership/work-handover.ts'
import { sweepErased } from '../personal-data/erase-customer.ts'
import { tallySales } from '../reports/tally-sales.ts'
import { nightlySync } from '../sync/nightly.ts'
import { mirrorUnknownTags } from '../tags/mirror-unknown-tags.ts'
import { writeTags } from '../tags/write-tags.ts'
import { noteMembers } from '../tiers/note-members.ts'
import { workTiers } from '../tiers/work-tiers.ts'
import { refreshMedia } from '../welcome/refresh-media.ts'
import type { Cron, Task } from './job.ts'

/** Every job the workers know: the handlers of callbacks, and these. */
export const tasks: readonly Task[] = [
  syncChannel,
  markArrival,
  turnChannels,
  ...handlerTasks(),
  nightlySync,
  writeTags,
  rereadCustomer,
  computeCredits,
  creditOrder,
  reachUncovered,
  sweepCredits,
  noteMembers,
  workTiers,
  tallySales,
  mirrorUnknownTags,
  mirrorOneGroup,
  completeGroup,
  refreshMedia,
  mirrorNewGuides,
  purgeInbox,
  purgeAnswers,
  purgeActions,
  workHandover,
  followHandovers,
  sweepErased,
  sendAlert,
  watchCauses,
]

export const crons: readonly Cron[] = [
  { task: refreshMedia, schedule: '*/10 * * * *' },
  { task: mirrorNewGuides, schedule: '* * * * *' },
  { task: watchCauses, schedule: '3,13,23,33,43,53 * * * *' },
  { task: turnChannels, schedule: '0 * * * *' }, // the first of a day at midnight in Shanghai
  { task: mirrorUnknownTags, schedule: '*/5 * * * *' },
  { task: purgeInbox, schedule: '17 19 * * *' }, // 03:17 in Shanghai
  { task: purgeAnswers, schedule: '23 * * * *' },
  { task: purgeActions, schedule: '53 18 * * *' }, // 02:53 in Shanghai
  { task: followHandovers, schedule: '* * * * *' },
  { task: computeCredits, schedule: '* * * * *' },
  { task: tallySales, schedule: '* * * * *' },
  { task: sweepCredits, schedule: '47 19 * * *' }, // 03:47 in Shanghai
  { task: workTiers, schedule: '0 * * * *' }, // the first of a day at midnight in Shanghai
  { task: nightlySync, schedule: '31 19 * * *' }, // 03:31 in Shanghai
]
