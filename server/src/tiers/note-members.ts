import type { JobSpec, Task } from '../jobs/job.ts'
import { noteEveryMember } from './due.repository.ts'

/** After HQ changed tiers or benefits: everybody is looked at again. */
export const noteMembers: Task = {
  name: 'note_members',
  lane: 'general',
  run: (_payload, { db }) => noteEveryMember(db),
}

export const everybody: JobSpec = { task: noteMembers.name, payload: {}, key: noteMembers.name, priority: 15 }
