import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import { startReferenceCorp } from '@zhanggui/wecom-simulator/reference-corp/start.ts'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('the command writes into the embedded database, alone or beside whoever uses it', async () => {
  await using folder = await temporaryFolder()
  await using corp = await startReferenceCorp({
    corp: {
      guides: 4,
      otherMembers: 1,
      customersPerGuide: 30,
      bigGuides: 0,
      crowdFollowers: 2,
      groups: 2,
      tags: 6,
      tagGroups: 2,
      departments: 3,
    },
  })
  const sync = async () => {
    const child = spawn(
      process.execPath,
      ['--conditions=development', '--import', 'tsx', join(repository, 'server/src/sync/main.ts')],
      {
        cwd: repository,
        env: {
          PATH: process.env.PATH,
          ...testEnv,
          DATA_DIR: folder.path,
          WECOM_API_URL: corp.url,
          WECOM_CORP_ID: corp.corpId,
          WECOM_AGENT_SECRET: corp.secret,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let words = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      words += chunk
    })
    const [code] = await once(child, 'close')
    return { code, words }
  }

  const alone = await sync()
  expect(alone.code).toBe(0)
  expect(alone.words).toMatch(/Sync complete.*\n(.*\n)* {2}customers 120 read, 120 new, 0 changed, 0 ended/)

  const server = await startEmbeddedPostgres({ dataDir: folder.path })
  const client = new pg.Client(server.url)
  await client.connect()
  expect((await sync()).code).toBe(0)
  const { rows } = await client.query('select state from sync_run order by sync_run_id')
  expect(rows).toEqual([{ state: 'complete' }, { state: 'complete' }])
  await client.end()
  await server.stop()
})
