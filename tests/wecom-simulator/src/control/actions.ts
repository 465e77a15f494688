import type { Delivery } from '../callbacks/sender.ts'
import type { ActionInputs, ActionName, ActionOutputs, DeliveryView } from '../control-types.ts'
import type { Happened, Simulator } from '../simulator-types.ts'

type Act<N extends ActionName> = (simulator: Simulator, input: ActionInputs[N]) => Promise<ActionOutputs[N]>

/** What the page can let happen, each answered when its callback is over. */
export const actions: { [N in ActionName]: Act<N> } = {
  addFriend: async (simulator, input) => {
    const friend = await simulator.addFriend(input)
    return { externalUserId: friend.externalUserId, ...(await delivered(friend)) }
  },
  confirmHalf: async (simulator, input) => delivered(await simulator.confirmHalf(input)),
  deleteByCustomer: async (simulator, input) => delivered(await simulator.deleteByCustomer(input)),
  deleteByGuide: async (simulator, input) => delivered(await simulator.deleteByGuide(input, input)),
  editRemark: async (simulator, input) => delivered(await simulator.editRemark(input)),
  editTags: async (simulator, input) => delivered(await simulator.editTags(input)),
  customerSays: async (simulator, input) => ({ message: simulator.customerSays(input) }),
  guideSends: async (simulator, input) => ({ message: simulator.guideSends(input) }),
  markRead: async (simulator, input) => done(() => simulator.markRead(input)),
  showPhone: async (simulator, input) => done(() => simulator.showPhone(input)),
  createTagGroup: async (simulator, input) => {
    const created = await simulator.createTagGroup(input)
    return { groupId: created.groupId, tagIds: created.tagIds, ...(await delivered(created)) }
  },
  createTag: async (simulator, input) => {
    const created = await simulator.createTag(input)
    return { tagId: created.tagId, ...(await delivered(created)) }
  },
  renameTag: async (simulator, input) => delivered(await simulator.renameTag(input)),
  deleteTag: async (simulator, input) => delivered(await simulator.deleteTag(input)),
  shuffleTags: async (simulator, input) => delivered(await simulator.shuffleTags(input)),
  createGroup: async (simulator, input) => {
    const created = await simulator.createGroup(input)
    return { chatId: created.chatId, ...(await delivered(created)) }
  },
  dismissGroup: async (simulator, input) => delivered(await simulator.dismissGroup(input)),
  joinGroup: async (simulator, input) => delivered(await simulator.joinGroup(input)),
  leaveGroup: async (simulator, input) => delivered(await simulator.leaveGroup(input)),
  renameGroup: async (simulator, input) => delivered(await simulator.renameGroup(input)),
  changeNotice: async (simulator, input) => delivered(await simulator.changeNotice(input)),
  changeOwner: async (simulator, input) => delivered(await simulator.changeOwner(input)),
  createMember: async (simulator, input) => delivered(await simulator.createMember(input)),
  updateMember: async (simulator, input) => delivered(await simulator.updateMember(input)),
  deleteMember: async (simulator, input) => delivered(await simulator.deleteMember(input)),
  leaveCorp: async (simulator, input) => delivered(await simulator.leaveCorp(input)),
  returnToCorp: async (simulator, input) => delivered(await simulator.returnToCorp(input)),
  changeStanding: async (simulator, input) => delivered(await simulator.changeStanding(input)),
  scanContactWay: async (simulator, input) => {
    const friend = await simulator.scanContactWay(input)
    return { externalUserId: friend.externalUserId, guide: friend.guide, ...(await delivered(friend)) }
  },
  scanJoinWay: async (simulator, input) => {
    const joined = await simulator.scanJoinWay(input)
    return { chatId: joined.chatId, ...(await delivered(joined)) }
  },
  addThroughLink: async (simulator, input) => {
    const friend = await simulator.addThroughLink(input)
    return { externalUserId: friend.externalUserId, guide: friend.guide, ...(await delivered(friend)) }
  },
  openLink: async (simulator, input) => delivered(await simulator.openLink(input)),
  requestThroughLink: async (simulator, input) => delivered(await simulator.requestThroughLink(input)),
  changeQuota: async (simulator, input) => delivered(await simulator.changeQuota(input)),
  quotaExpiresSoon: async (simulator) => delivered(await simulator.quotaExpiresSoon()),
  linkUnavailable: async (simulator, input) => delivered(await simulator.linkUnavailable(input)),
  deleteLink: async (simulator, input) => delivered(await simulator.deleteLink(input)),
  settleTransfer: async (simulator, input) => delivered(await simulator.settleTransfer(input)),
  createDepartment: async (simulator, input) => {
    const created = await simulator.createDepartment(input)
    return { departmentId: created.departmentId, ...(await delivered(created)) }
  },
  moveDepartment: async (simulator, input) => delivered(await simulator.moveDepartment(input)),
  renameDepartment: async (simulator, input) => delivered(await simulator.renameDepartment(input)),
  deleteDepartment: async (simulator, input) => delivered(await simulator.deleteDepartment(input)),
  setNetwork: async (simulator, input) => done(() => simulator.setNetwork(input.mode)),
  failNext: async (simulator, input) => done(() => simulator.failNext(input.endpoint, input.errcode, input.times)),
}

async function delivered(happened: Happened): Promise<{ delivery: DeliveryView | null }> {
  const delivery = await happened.delivered
  return { delivery: delivery && view(delivery) }
}

function view({ event, changeType, ok, status, attempts, ms }: Delivery): DeliveryView {
  return { event, changeType, ok, status, attempts, ms: Math.round(ms) }
}

function done(act: () => void): Record<string, never> {
  act()
  return {}
}
