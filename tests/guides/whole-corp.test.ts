import { systemClock } from '@zhanggui/server/clock.ts'
import { mirrorDirectory } from '@zhanggui/server/guides/mirror-directory.ts'
import { createWecomClient } from '@zhanggui/server/wecom/client.ts'
import { createCredentialStore } from '@zhanggui/server/wecom/credentials.ts'
import { createTransport } from '@zhanggui/server/wecom/transport.ts'
import { startReferenceCorp } from '@zhanggui/wecom-simulator/reference-corp/start.ts'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'

test('the directory of a whole corp costs a call a department and two more, however large', async () => {
  await using corp = await startReferenceCorp()
  await using t = await testApp()
  const clock = systemClock
  const wecom = createWecomClient({
    settings: { ...t.deps.config.wecom, corpId: corp.corpId, agentSecret: corp.secret, apiUrl: corp.url },
    transport: createTransport(corp.url),
    credentials: createCredentialStore({ ...t.deps, clock }),
    clock,
    metrics: t.deps.metrics,
  })
  const deps = { ...t.deps, wecom, clock }
  try {
    const { newGuides, newDepartments } = await mirrorDirectory(deps)
    const calls = Object.values(corp.calls()).reduce((sum, { calls }) => sum + calls, 0)
    expect(newGuides).toBe(2_040)
    expect(newDepartments).toBe(600)
    expect(calls).toBe(newDepartments + 2 + 1) // and the token
    const followers = await t.db.selectFrom('guide').select('userId').where('follows', '=', true).execute()
    expect(followers).toHaveLength(2_000)
    expect(await mirrorDirectory(deps)).toMatchObject({ newGuides: 0, changedGuides: 0, leftGuides: 0, movedGuides: 0 })
  } finally {
    await wecom.close()
  }
})
