import type { TestProject } from 'vitest/node'
import { createTemplate } from './database.ts'
import { startRunDatabase } from './run-database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The run's own Postgres; see database.ts. */
    postgresUrl: string
  }
}

export default async function setup(project: TestProject) {
  const database = await startRunDatabase()
  process.env.TMPDIR = database.folder // for the workers, which are started from here
  await createTemplate(database.url)
  project.provide('postgresUrl', database.url)
  return database.stop
}
