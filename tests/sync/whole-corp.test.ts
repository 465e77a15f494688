import { findRunReport } from '@zhanggui/server/sync/reports.repository.ts'
import { describe, expect, test } from 'vitest'
import { held, told } from './mirrored.ts'
import { SMALL, type SyncScene, syncScene } from './sync-scene.ts'

const NOTHING = { new: 0, changed: 0, ended: 0 }

async function reportOf({ db, deps }: SyncScene, syncRunId: number) {
  const report = await findRunReport(db, syncRunId, deps.clock.now())
  if (!report) throw new Error('the run left no report')
  return report
}

describe('a whole corp', () => {
  test('is mirrored exactly, with few more calls than there are pages', async () => {
    await using scene = await syncScene()
    const { corp, db } = scene
    const { syncRunId, state } = await scene.sync()
    expect(state).toBe('complete')

    expect(await held(db)).toEqual(told(corp))
    const groups = await db.selectFrom('customerGroup').select('chatId').where('endedAt', 'is', null).execute()
    expect(groups).toHaveLength(SMALL.groups)
    const tags = await db.selectFrom('tag').select('tagId').where('deletedAt', 'is', null).execute()
    expect(tags).toHaveLength(SMALL.tags)

    const relations = SMALL.guides * SMALL.customersPerGuide
    const { calls } = corp.calls()['externalcontact/batch/get_by_user'] ?? { calls: 0 }
    expect(calls).toBeLessThanOrEqual((relations / 100) * 1.1)

    const report = await reportOf(scene, syncRunId)
    expect(report).toMatchObject({
      state: 'complete',
      errorCount: 0,
      byPart: { customers: { read: relations, new: relations, changed: 0, ended: 0 }, groups: { read: SMALL.groups } },
    })
    expect(report.calls['externalcontact/batch/get_by_user']).toBe(calls)
  })

  test('that has not changed changes nothing when it is read again', async () => {
    await using scene = await syncScene()
    await scene.sync()
    const before = await held(scene.db)
    const second = await reportOf(scene, (await scene.sync()).syncRunId)
    expect(second.byPart).toMatchObject({
      guides: NOTHING,
      tags: NOTHING,
      customers: { read: before.length, ...NOTHING },
      groups: { read: SMALL.groups, ...NOTHING },
    })
    expect(await held(scene.db)).toEqual(before)
  })

  test('that changed is told apart from the mirror: new, changed, found missing', async () => {
    await using scene = await syncScene({ corp: { changeShare: 0.1 } })
    const { corp, db } = scene
    await scene.sync()
    corp.setGeneration(1)
    const { changes } = corp.corp
    const report = await reportOf(scene, (await scene.sync()).syncRunId)
    expect(report.byPart.customers).toMatchObject({ new: changes.started, ended: changes.ended })
    expect(report.drift).toMatchObject({ newRelations: changes.started, missingRelations: changes.ended })
    expect(report.drift.changedRelations).toBeGreaterThanOrEqual(changes.remark)
    expect(await held(db)).toEqual(told(corp))

    const ended = await db.selectFrom('followRelation').select('endedBy').where('endedAt', 'is not', null).execute()
    expect(ended).toHaveLength(changes.ended)
    expect(new Set(ended.map(({ endedBy }) => endedBy))).toEqual(new Set(['missing']))
  })

  test('whoever was found missing and is told of again lives on', async () => {
    await using scene = await syncScene({ corp: { changeShare: 0.1 } })
    const { corp, db } = scene
    await scene.sync()
    for (const generation of [1, 0]) {
      corp.setGeneration(generation)
      await scene.sync()
      expect(await held(db)).toEqual(told(corp))
    }
  })
})
