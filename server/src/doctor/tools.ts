import type pg from 'pg'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Http } from './http.ts'
import type { RawWecom } from './raw-wecom.ts'

/** What checks reach the world through; made anew for each examination. */
export interface Tools {
  config: Config
  clock: Clock
  http: Http
  wecom: RawWecom
  database: DatabaseAccess
}

export interface DatabaseAccess {
  /** Where it is, without its password. */
  where: string
  /** The same one each time; rejects when it cannot be opened. */
  pool(): Promise<pg.Pool>
}
