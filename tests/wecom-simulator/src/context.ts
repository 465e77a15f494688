import type { Sender } from './callbacks/sender.ts'
import type { Changes } from './changes.ts'
import type { Credentials } from './cloud/credentials.ts'
import type { Directory } from './cloud/directory.ts'
import type { WelcomeCodes } from './cloud/welcome-codes.ts'
import type { Limits } from './settings.ts'
import type { GroupLag } from './world/group-lag.ts'
import type { World } from './world/model.ts'

/** What the reading endpoints work on; a reference corp has no more than this. */
export interface ReadContext {
  corpId: string
  credentials: Credentials
  directory: Directory
  now: () => Date
  /** Keep the world soon: something in it is different now. */
  changed: () => void
}

/** What every action and every other endpoint works on. */
export interface Context extends ReadContext {
  agentId: string
  /** 可信域名 as the admin has set it; undefined: any will do. */
  trustedDomain: string | undefined
  world: World
  welcomeCodes: WelcomeCodes
  changes: Changes
  sender: Sender
  limits: Limits
  groupLag: GroupLag
  /** Base of the simulator itself, for the addresses it hands out. */
  url: () => string
}
