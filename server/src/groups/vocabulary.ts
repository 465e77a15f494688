import type { GroupStatus, JoinScene } from '@zhanggui/shared/group.ts'

/** groupchat/get: 1 direct invite, 2 invite link, 3 QR code (doc 92122). */
const readScenes: Record<number, JoinScene> = { 1: 'direct', 2: 'link', 3: 'qr' }

/** A callback's JoinScene is another scale: 0 invited, directly or by link, 3 QR code (doc 92130). */
const heardScenes: Record<string, JoinScene> = { 0: 'invited', 3: 'qr' }

/** QuitScene: 0 left by themself, 1 removed by owner or admin (doc 92130). */
const heardLeavings: Record<string, 'left' | 'removed'> = { 0: 'left', 1: 'removed' }

/** doc 92120 */
const statuses: Record<number, GroupStatus> = { 1: 'owner_resigned', 2: 'inheriting', 3: 'inherited' }

export function sceneRead(joinScene: number): JoinScene {
  return readScenes[joinScene] ?? 'other'
}

export function sceneHeard(joinScene: string | undefined): JoinScene {
  return heardScenes[joinScene ?? ''] ?? 'other'
}

export function leavingHeard(quitScene: string | undefined): 'left' | 'removed' {
  return heardLeavings[quitScene ?? ''] ?? 'left'
}

export function statusWord(status: number): GroupStatus {
  return statuses[status] ?? 'normal'
}
