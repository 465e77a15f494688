import type { Sender } from './callbacks/sender.ts'
import type { Changes } from './changes.ts'
import type { Credentials } from './cloud/credentials.ts'
import type { WelcomeCodes } from './cloud/welcome-codes.ts'
import type { Limits } from './settings.ts'
import type { GroupLag } from './world/group-lag.ts'
import type { World } from './world/model.ts'

/** What every action and every endpoint works on. */
export interface Context {
  corpId: string
  agentId: string
  world: World
  credentials: Credentials
  welcomeCodes: WelcomeCodes
  changes: Changes
  sender: Sender
  limits: Limits
  groupLag: GroupLag
  now: () => Date
  /** Base of the simulator itself, for the addresses it hands out. */
  url: () => string
  /** Keep the world soon: something in it is different now. */
  changed: () => void
}
