import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { getInvitation, setInvited, upsertInvitation } from './invitations.repository.ts'
import { findMemberOf } from './members.repository.ts'

/** What a token in `/join/<token>` is signed for. */
export const JOIN = 'join'
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000

/**
 * Makes or renews the invitation of this relation and gives its link, good for 30 days. It counts as invited only
 * once `markInvited` says that the link went out. For a transaction pass `{ ...deps, db: trx }`.
 */
export async function prepareInvitation(
  { db, tokens, config, clock }: Pick<Deps, 'tokens' | 'config' | 'clock'> & { db: Db },
  relation: { guideUserId: string; externalUserId: string },
): Promise<{ url: string; invitationId: number }> {
  const expiresAt = new Date(clock.now().getTime() + LIFETIME_MS)
  const invitationId = await upsertInvitation(db, relation, expiresAt)
  return { url: makeUrl({ tokens, config }, { invitationId, expiresAt, ...relation }), invitationId }
}

/** The link of an invitation as it was last prepared. */
export async function invitationUrl(
  { db, tokens, config }: Pick<Deps, 'tokens' | 'config'> & { db: Db },
  invitationId: number,
): Promise<string> {
  return makeUrl({ tokens, config }, await getInvitation(db, invitationId))
}

function makeUrl(
  { tokens, config }: Pick<Deps, 'tokens' | 'config'>,
  invitation: { invitationId: number; expiresAt: Date; guideUserId: string; externalUserId: string },
): string {
  const token = tokens.sign(JOIN, String(invitation.invitationId), invitation.expiresAt)
  return config.inviteUrl
    ? fillInviteUrl(config.inviteUrl, { token, ...invitation })
    : `${config.publicUrl}/join/${token}`
}

/** The first time counts: an invitation sent again stays invited since then. */
export function markInvited(db: Db, invitationId: number, at: Date): Promise<void> {
  return setInvited(db, invitationId, at)
}

export async function isMember(db: Db, customer: { externalUserId: string; unionId?: string }): Promise<boolean> {
  return (await findMemberOf(db, customer)) !== undefined
}

/** INVITE_URL with its placeholders filled in, each URL-encoded. */
export function fillInviteUrl(
  template: string,
  { token, externalUserId, guideUserId }: { token: string; externalUserId: string; guideUserId: string },
): string {
  const values: Record<string, string> = { token, externalUserId, guide: guideUserId }
  return template.replace(/\{(token|externalUserId|guide)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  )
}
