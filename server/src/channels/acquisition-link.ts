import { type Channel, listKnownWecomIds } from './channels.repository.ts'
import { MOST_BEHIND_LINK } from './check-wish.ts'
import { CREATE_TIMEOUT_MS, cutToCharacters, type Holding } from './holding.ts'

const NAME_CHARACTERS = 30
const MARK_CHARACTERS = 6
const PAGE = 100
/** An id of no link; WeCom has no code of its own for it (doc 97297). */
const BAD_PARAMETER = 40058

/** 获客助手 (doc 97297). A link has no state of its own, so the end of ours stands in its name, to find it again. */
export const acquisitionLinks: Holding = {
  most: MOST_BEHIND_LINK,

  async create(channel, { name, skipVerify, userIds }, { wecom }) {
    const { link } = await wecom.call(
      'externalcontact/customer_acquisition/create_link',
      { link_name: linkName(channel, name), range: { user_list: userIds }, skip_verify: skipVerify },
      { timeoutMs: CREATE_TIMEOUT_MS, retryBusy: false },
    )
    return { wecomId: link.link_id, url: withChannel(link.url, channel) }
  },

  async findLost(channel, _since, { db, wecom }) {
    let cursor: string | undefined
    do {
      const page = await wecom.call('externalcontact/customer_acquisition/list_link', {
        limit: PAGE,
        ...(cursor && { cursor }),
      })
      const known = await listKnownWecomIds(db, page.link_id_list)
      for (const linkId of page.link_id_list.filter((id) => !known.has(id))) {
        const { link } = await wecom.call('externalcontact/customer_acquisition/get', { link_id: linkId })
        if (link.link_name.endsWith(markOf(channel))) return { wecomId: linkId, url: withChannel(link.url, channel) }
      }
      cursor = page.next_cursor || undefined
    } while (cursor)
    return undefined
  },

  async update(wecomId, channel, { name, skipVerify, userIds }, { wecom }) {
    await wecom.call('externalcontact/customer_acquisition/update_link', {
      link_id: wecomId,
      link_name: linkName(channel, name),
      range: { user_list: userIds },
      skip_verify: skipVerify,
    })
  },

  async remove(wecomId, { wecom }) {
    await wecom.call('externalcontact/customer_acquisition/delete_link', { link_id: wecomId })
  },

  isGone: (errcode) => errcode === BAD_PARAMETER,
}

function markOf({ state }: Channel): string {
  return state.slice(-MARK_CHARACTERS)
}

function linkName(channel: Channel, name: string): string {
  return `${cutToCharacters(name, NAME_CHARACTERS - MARK_CHARACTERS - 1)} ${markOf(channel)}`
}

/** doc 97298: it comes back as the friends' state. */
function withChannel(url: string, { state }: Channel): string {
  const address = new URL(url)
  address.searchParams.set('customer_channel', state)
  return address.href
}
