import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

/** `GET /open/v1/failed-jobs?cursor=`: newest first, without what the jobs were about. */
export const FailedJobPage = Type.Object({
  failedJobs: Type.Array(
    Type.Object({
      id: Type.String(),
      task: Type.String(),
      outcome: OneOf('dropped', 'final', 'alert', 'exhausted'),
      reason: Type.String(),
      errcode: Type.Optional(Type.Integer()),
      attempts: Type.Integer(),
      failedAt: Type.String(),
      /** What it was that WeCom told, for a job that came of a callback. */
      event: Type.Optional(Type.String()),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
})
export type FailedJobPage = Static<typeof FailedJobPage>
