import { randomUUID } from 'node:crypto'
import type { RemarkChange, RemarkView } from '@zhanggui/shared/remark.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { keepActions } from '../guide-actions/guide-actions.repository.ts'
import { maskPhone } from '../membership/phone-mask.ts'
import { refusalWords } from '../tags/refusal-words.ts'
import { WecomError } from '../wecom/errors.ts'
import { mirrorCustomer } from './mirror-customer.ts'
import { sealPhones } from './noted-phones.ts'
import { keepRemark } from './own-writes.repository.ts'
import { findOwnRemark } from './remark.repository.ts'
import { findFaults, judgeChange, type Remark } from './remark-rules.ts'
import { enqueueReread } from './reread-customer.ts'

/** 1: WeChat user (doc 92114). */
const WECHAT_USER = 1
/** The guide waits for two answers. */
const PATIENCE_MS = 5_000
const KEY_CHARACTERS = 16

interface Owned {
  guideUserId: string
  isWechatUser: boolean
  noted: Remark
}

export async function readRemark(deps: Deps, viewerUserId: string, externalUserId: string): Promise<RemarkView> {
  return toView(deps, await getOwned(deps, viewerUserId, externalUserId))
}

/**
 * Writes what a guide changed (doc 92115). WeCom is asked first how things stand there: what it has by now, if the
 * guide has not seen it, wins over the change, and the guide is told (`remark_changed`).
 */
export async function writeRemark(
  deps: Deps,
  viewerUserId: string,
  externalUserId: string,
  change: RemarkChange,
): Promise<RemarkView> {
  const { isWechatUser } = await getOwned(deps, viewerUserId, externalUserId)
  const errors = findFaults(change, isWechatUser)
  if (errors.length > 0) throw new AppError('validation_failed', { detail: 'WeCom would not take this', errors })
  await asking(() => mirrorCustomer(externalUserId, deps, { timeoutMs: PATIENCE_MS }))

  const owned = await getOwned(deps, viewerUserId, externalUserId)
  const { isConflict, write } = judgeChange(owned.noted, change, keyWith(deps.cipher))
  if (isConflict) throw new AppError('remark_changed')
  if (Object.keys(write).length === 0) return toView(deps, owned)

  const { guideUserId } = owned
  // Should we not live to write it down, it is read back.
  await enqueueReread(deps.db, externalUserId, deps.clock.now())
  await asking(() =>
    deps.wecom.call(
      'externalcontact/remark',
      { userid: guideUserId, external_userid: externalUserId, ...asWecomSpells(write) },
      { timeoutMs: PATIENCE_MS },
    ),
  )
  const noted = { ...owned.noted, ...write }
  await keepRemark(
    deps.db,
    { guideUserId, externalUserId, at: deps.clock.now() },
    {
      remark: noted.remark || null,
      description: noted.description || null,
      company: noted.company || null,
      phones: sealPhones(noted.phones, deps.cipher),
    },
  )
  await keepActions(deps.db, [
    { actionId: randomUUID(), action: 'remark_edit', guideUserId, externalUserId, at: deps.clock.now() },
  ])
  return toView(deps, { ...owned, noted })
}

async function getOwned({ db, cipher }: Deps, viewerUserId: string, externalUserId: string): Promise<Owned> {
  const found = await findOwnRemark(db, viewerUserId, externalUserId)
  if (!found) throw new AppError('not_a_friend')
  const phones: string[] = found.phonesSealed ? JSON.parse(cipher.open(found.phonesSealed)) : []
  return {
    guideUserId: found.guideUserId,
    isWechatUser: found.type === WECHAT_USER,
    noted: {
      remark: found.remark ?? '',
      description: found.description ?? '',
      company: found.company ?? '',
      phones,
    },
  }
}

function toView({ cipher }: Pick<Deps, 'cipher'>, { noted, isWechatUser }: Owned): RemarkView {
  const { remark, description, company, phones } = noted
  const keyOf = keyWith(cipher)
  return {
    remark,
    description,
    ...(isWechatUser && { company }),
    phones: phones.map((phone) => ({ key: keyOf(phone), masked: maskPhone(phone) })),
  }
}

function keyWith(cipher: Deps['cipher']): (phone: string) => string {
  return (phone) => cipher.hash(`noted ${phone}`).slice(0, KEY_CHARACTERS)
}

/** The phones overwrite all there were; one empty one clears them. */
function asWecomSpells({ remark, description, company, phones }: Partial<Remark>) {
  return {
    ...(remark !== undefined && { remark }),
    ...(description !== undefined && { description }),
    ...(company !== undefined && { remark_company: company }),
    ...(phones && { remark_mobiles: phones.length > 0 ? [...phones] : [''] }),
  }
}

/** What WeCom will not do is said in a guide's words; that it does not answer is a failure like any other. */
async function asking(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    if (!(error instanceof WecomError) || error.errcode === undefined || error.failure === 'transient') throw error
    throw new AppError('write_refused', { detail: refusalWords(error.errcode), cause: error })
  }
}
