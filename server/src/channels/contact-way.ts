import { type Channel, listKnownWecomIds } from './channels.repository.ts'
import { MOST_BEHIND_WAY } from './check-wish.ts'
import {
  CLOCK_SKEW_MS,
  CREATE_TIMEOUT_MS,
  cutToCharacters,
  type Held,
  type Holding,
  type WecomDeps,
} from './holding.ts'

const SINGLE = 1
const SEVERAL = 2
const QR_CODE = 2
const REMARK_CHARACTERS = 30
const PAGE = 1000
const NO_SUCH_WAY = 41044

/** 「联系我」 (doc 92228). Losing a config_id would mean that the code can never again be changed or deleted. */
export const contactWays: Holding = {
  most: MOST_BEHIND_WAY,

  async create({ kind, state }, { name, skipVerify, userIds }, { wecom }) {
    const { config_id, qr_code } = await wecom.call(
      'externalcontact/add_contact_way',
      {
        type: kind === 'guide' ? SINGLE : SEVERAL,
        scene: QR_CODE,
        remark: cutToCharacters(name, REMARK_CHARACTERS),
        skip_verify: skipVerify,
        state,
        user: userIds,
      },
      // -1 may have made one all the same: it is looked for before another try.
      { timeoutMs: CREATE_TIMEOUT_MS, retryBusy: false },
    )
    return { wecomId: config_id, url: qr_code }
  },

  async findLost(channel, since, deps) {
    let cursor: string | undefined
    do {
      const page = await deps.wecom.call('externalcontact/list_contact_way', {
        start_time: Math.floor((since.getTime() - CLOCK_SKEW_MS) / 1000),
        end_time: Math.ceil((deps.clock.now().getTime() + CLOCK_SKEW_MS) / 1000),
        limit: PAGE,
        ...(cursor && { cursor }),
      })
      const found = await findAmong(
        page.contact_way.map(({ config_id }) => config_id),
        channel,
        deps,
      )
      if (found) return found
      cursor = page.next_cursor || undefined
    } while (cursor)
    return undefined
  },

  async update(wecomId, _channel, { name, skipVerify, userIds }, { wecom }) {
    await wecom.call('externalcontact/update_contact_way', {
      config_id: wecomId,
      remark: cutToCharacters(name, REMARK_CHARACTERS),
      skip_verify: skipVerify,
      user: userIds,
    })
  },

  async remove(wecomId, { wecom }) {
    await wecom.call('externalcontact/del_contact_way', { config_id: wecomId })
  },

  isGone: (errcode) => errcode === NO_SUCH_WAY,
}

/** A list tells ids only, so each that is no channel's is asked for its state. */
async function findAmong(configIds: string[], { state }: Channel, deps: WecomDeps): Promise<Held | undefined> {
  const known = await listKnownWecomIds(deps.db, configIds)
  for (const configId of configIds.filter((id) => !known.has(id))) {
    const { contact_way } = await deps.wecom.call('externalcontact/get_contact_way', { config_id: configId })
    if (contact_way.state === state) return { wecomId: configId, url: contact_way.qr_code }
  }
  return undefined
}
