import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

const Counts = Type.Record(Type.String(), Type.Integer())

/** `GET /open/v1/sync-runs?cursor=`: readings of the whole corp, newest first. */
export const SyncRunReport = Type.Object({
  syncRunId: Type.String(),
  parts: Type.Array(Type.String()),
  startedBy: OneOf('command', 'nightly'),
  /** interrupted: goes on when it is run again; incomplete: something could not be read; superseded: given up. */
  state: OneOf('running', 'interrupted', 'incomplete', 'complete', 'superseded'),
  startedAt: Type.String(),
  finishedAt: Type.Optional(Type.String()),
  /** Without the breaks. */
  durationMs: Type.Integer(),
  /** Calls to WeCom by endpoint, those that failed included. */
  calls: Counts,
  rows: Type.Object({ read: Type.Integer(), new: Type.Integer(), changed: Type.Integer(), ended: Type.Integer() }),
  /** How far the mirror was from WeCom, by kind. */
  drift: Counts,
  byPart: Type.Record(
    Type.String(),
    Type.Object({ read: Type.Integer(), new: Type.Integer(), changed: Type.Integer(), ended: Type.Integer() }),
  ),
  errorCount: Type.Integer(),
  /** The first of them. `subject`: a userid, a chat id, or what could not be read. */
  errors: Type.Array(Type.Object({ part: Type.String(), subject: Type.String(), reason: Type.String() })),
})
export type SyncRunReport = Static<typeof SyncRunReport>

export const SyncRunPage = Type.Object({
  syncRuns: Type.Array(SyncRunReport),
  nextCursor: Type.Optional(Type.String()),
})
export type SyncRunPage = Static<typeof SyncRunPage>
