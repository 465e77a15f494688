import type { ChatView, StateView, WireLine } from '../control-types.ts'
import type { Simulator } from '../simulator-types.ts'
import { chatKey } from '../world/chats.ts'
import { findMember } from '../world/find.ts'
import { findSummary, guideView, listChats } from '../world/views.ts'

const NEWEST = 20

export function stateView(simulator: Simulator, wanted: string | undefined, wire: readonly WireLine[]): StateView {
  const { world, settings } = simulator
  const members = [...world.members.values()].filter((member) => member.follows)
  const guide = (wanted ? findMember(world, wanted) : undefined) ?? members[0]
  const stores = new Set(members.map((member) => member.storeName).filter((name) => name !== ''))
  return {
    corp: {
      corpId: settings.corpId,
      agentId: settings.agentId,
      name: world.corpName,
      stores: stores.size,
      guides: members.length,
      customers: world.customers.size,
    },
    now: simulator.now().toISOString(),
    guides: members.map((member) => guideView(world, member)),
    guide: guide?.userId ?? '',
    chats: guide ? listChats(world, guide.userId) : [],
    network: simulator.network,
    wire: wire.slice(-NEWEST),
    sms: world.sms.slice(-NEWEST),
    appMessages: world.appMessages.filter((message) => message.guide === guide?.userId).slice(-NEWEST),
  }
}

export function findChatView({ world }: Simulator, guide: string, chat: string): ChatView | undefined {
  const summary = findSummary(world, guide, chat)
  return summary && { summary, messages: world.chats.get(chatKey(world, guide, chat))?.messages ?? [] }
}
