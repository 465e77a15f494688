import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type WelcomeMatch, WelcomeReport, WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { putRecords } from '../open-api/put-records.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import { mediaOf } from './attachments.ts'
import { refreshMedia } from './refresh-media.ts'
import { noteMedia, upsertWelcomeRules } from './rules.repository.ts'
import { findTooLong } from './welcome-limits.ts'
import { reportWelcomes } from './welcome-report.repository.ts'

export const welcomeOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  putRecords(app, deps, {
    name: 'welcome-rules',
    schema: WelcomeRuleRecord,
    idField: 'ruleId',
    prepare(rule) {
      const tooLong = findTooLong(rule)
      if (tooLong)
        throw new RecordFault('invalid_field', `${tooLong.path} must not have more than ${tooLong.limit} bytes`)
      const { ruleId, text, memberText, attachments = [], match, priority = 0 } = rule
      return {
        key: ruleId,
        ruleId,
        text,
        memberText: memberText ?? null,
        attachments,
        match: withoutEmptyLists(match),
        priority,
        media: attachments.map(mediaOf).filter((media) => media !== undefined),
      }
    },
    async write(db, rules) {
      const changed = await upsertWelcomeRules(db, rules, deps.clock.now())
      const hasNewMedia = await noteMedia(
        db,
        rules.flatMap(({ media }) => media),
      )
      if (hasNewMedia) await enqueue(db, { task: refreshMedia.name, payload: {}, key: refreshMedia.name, priority: 0 })
      return { changed }
    },
  })

  const report = { summary: 'Welcomes by outcome', querystring: Period, response: { 200: WelcomeReport } }
  app.get('/reports/welcomes', { schema: report }, ({ query }) => reportWelcomes(deps.db, readPeriod(query)))
}

/** An empty list is no condition, as if it had been left out; a rule for nobody would be a surprise. */
function withoutEmptyLists({ guideIds, storeIds, states, weekdays, ...hours }: WelcomeMatch): WelcomeMatch {
  return {
    ...hours,
    ...(guideIds?.length && { guideIds }),
    ...(storeIds?.length && { storeIds }),
    ...(states?.length && { states }),
    ...(weekdays?.length && { weekdays }),
  }
}
