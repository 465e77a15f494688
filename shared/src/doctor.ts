import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

export const CheckResult = Type.Object({
  id: Type.String(),
  group: Type.String(),
  title: Type.String(),
  /** `skipped`: it could not be looked at, `found` says why. */
  status: OneOf('ok', 'warn', 'fail', 'skipped'),
  found: Type.String(),
  /** What to do, with the path in WeCom's admin console; one step a line. */
  fix: Type.Optional(Type.Array(Type.String())),
})
export type CheckResult = Static<typeof CheckResult>

/** `GET /api/doctor`: the latest examination; `finishedAt` is absent while it is under way. */
export const DoctorReport = Type.Object({
  startedAt: Type.String(),
  finishedAt: Type.Optional(Type.String()),
  results: Type.Array(CheckResult),
})
export type DoctorReport = Static<typeof DoctorReport>

/** Nobody has asked for an examination yet: no report. */
export const LatestDoctorReport = Type.Object({ report: Type.Optional(DoctorReport) })
