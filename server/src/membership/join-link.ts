import type { Deps } from '../deps.ts'
import type { Host } from '../pages/layout.ts'
import { findInvitationWithHost, setOpened } from './invitations.repository.ts'
import { JOIN } from './invitations.ts'

export type JoinLink =
  | { state: 'unknown' }
  | { state: 'expired'; host: Host }
  | { state: 'open'; host: Host; invitationId: number; externalUserId: string }

/** What a `/join/<token>` leads to. An open one counts as opened from now on. */
export async function openJoinLink(
  { db, tokens, clock }: Pick<Deps, 'db' | 'tokens' | 'clock'>,
  token: string,
): Promise<JoinLink> {
  const read = tokens.read(JOIN, token)
  if (!read) return { state: 'unknown' }
  const invitation = await findInvitationWithHost(db, Number(read.value))
  if (!invitation) return { state: 'unknown' }
  const { guideName, storeName, externalUserId } = invitation
  const host = { ...(guideName && { name: guideName }), ...(storeName && { storeName }) }
  if (read.expiresAt <= clock.now()) return { state: 'expired', host }
  await setOpened(db, invitation.invitationId, clock.now())
  return { state: 'open', host, invitationId: invitation.invitationId, externalUserId }
}
