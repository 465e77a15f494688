import * as acquisition from './actions/acquisition.ts'
import * as chat from './actions/chat.ts'
import * as contacts from './actions/contacts.ts'
import * as friends from './actions/friends.ts'
import * as groups from './actions/groups.ts'
import { tell } from './actions/happening.ts'
import * as remarks from './actions/remarks.ts'
import * as scans from './actions/scans.ts'
import * as tags from './actions/tags.ts'
import * as transfers from './actions/transfers.ts'
import type { Parts } from './assemble.ts'
import { sendRaw } from './callbacks/raw.ts'
import type { Receiver } from './callbacks/sender.ts'
import { verifyCallbackUrl } from './callbacks/verify-url.ts'
import { mediaExpired } from './cloud/attachments.ts'
import { createCallLog } from './cloud/call-log.ts'
import { expireToken, renewTickets, revokeSecret } from './cloud/credentials.ts'
import type { Context } from './context.ts'
import type { PublicSettings } from './settings.ts'
import { checkJsSdkSignature } from './sign-in/js-sdk-signature.ts'
import type { Simulator } from './simulator-types.ts'
import type { Webview } from './webview.ts'
import { chatKey } from './world/chats.ts'
import { getMember, getRelation } from './world/find.ts'

/** The simulator as tests, the demo and the page hold it; `stop` belongs to who started it. */
export function buildSimulator(
  parts: Parts,
  settings: PublicSettings,
  webview: () => Webview | undefined,
): Omit<Simulator, 'stop'> {
  const { context, cloud } = parts
  const { world, credentials, changes, sender, now } = context

  function configured(receiver: Receiver) {
    const callback = sender.configured(receiver)
    if (!callback) throw new Error(`No callback is configured for ${receiver}`)
    return callback
  }

  return {
    get url() {
      return context.url()
    },
    get smsUrl() {
      return `${context.url()}/sms`
    },
    get webview() {
      return webview()
    },
    settings,
    world,
    calls: createCallLog(parts.calls),
    deliveries: sender.attempts,
    get network() {
      return cloud.faults.network
    },
    now,
    configureCallback: (callback, receiver = 'app') => sender.configure(receiver, callback),
    verifyCallbackUrl: async (receiver = 'app') =>
      verifyCallbackUrl(configured(receiver), context.corpId, now(), parts.dispatcher),
    ...clientActions(context),
    async sendEvent(fields, options) {
      const delivery = await sender.send(fields, options)
      if (!delivery) throw new Error('No callback is configured for this event')
      return delivery
    },
    issueWelcomeCode: ({ guide, customer }) => context.welcomeCodes.issue(getRelation(world, guide, customer)),
    seal: (fields, receiver = 'app') => sender.seal(receiver, fields),
    sendRaw: (callback) => sendRaw(callback, parts.dispatcher),
    failNext: cloud.faults.failNext,
    hold: cloud.faults.hold,
    setNetwork(mode) {
      cloud.faults.setNetwork(mode)
      changes.emit({ type: 'network', mode })
    },
    setLatency: cloud.faults.setLatency,
    setClockSkew: cloud.faults.setClockSkew,
    setTrustedIp: cloud.gate.setTrustedIp,
    setCustomerContact: cloud.gate.setCustomerContact,
    async setLowActivity(low) {
      cloud.gate.setLowActivity(low)
      return tell(context, { Event: low ? 'low_active' : 'active_restored', AgentID: Number(context.agentId) })
    },
    refuse: cloud.gate.refuse,
    setDelivery: sender.line.set,
    flush: sender.line.flush,
    get lostCallbacks() {
      return sender.line.counts
    },
    setGroupLag: context.groupLag.set,
    setLimits(limits) {
      Object.assign(context.limits, limits)
    },
    expireToken() {
      expireToken(credentials)
      context.changed()
    },
    expireTicket() {
      renewTickets(credentials, now())
      context.changed()
    },
    revokeSecret() {
      context.changed()
      return revokeSecret(credentials)
    },
    checkJsSdkSignature: (signature) => checkJsSdkSignature(credentials.tickets, now(), signature),
    findMedia(mediaId) {
      const media = world.media.get(mediaId)
      return media && !mediaExpired(media, now()) ? media : undefined
    },
    messages(guide, chatName) {
      const key = chatKey(world, getMember(world, guide).userId, chatName)
      return (world.chats.get(key)?.messages ?? []).filter((message) => message.seenBy !== 'guide')
    },
    onChange: changes.onChange,
    waitFor: changes.waitFor,
  }
}

/** Async, so that what cannot be done is a rejection and not a throw in the caller's face. */
function clientActions(context: Context) {
  return {
    addFriend: async (input) => friends.addFriend(context, input),
    confirmHalf: async (pair) => friends.confirmHalf(context, pair),
    deleteByCustomer: async (pair) => friends.deleteByCustomer(context, pair),
    deleteByGuide: async (pair, options) => friends.deleteByGuide(context, pair, options),
    editRemark: async (input) => remarks.editRemark(context, input),
    editTags: async (input) => remarks.editTags(context, input),
    customerSays: (input) => chat.customerSays(context, input),
    guideSends: (input) => chat.guideSends(context, input),
    markRead: (input) => chat.markRead(context, input),
    showPhone: (input) => chat.showPhone(context, input),
    createTagGroup: async (input) => tags.createTagGroup(context, input),
    createTag: async (input) => tags.createTag(context, input),
    renameTag: async (input) => tags.renameTag(context, input),
    deleteTag: async (input) => tags.deleteTag(context, input),
    shuffleTags: async (input) => tags.shuffleTags(context, input),
    createGroup: async (input) => groups.createGroup(context, input),
    dismissGroup: async (input) => groups.dismissGroup(context, input),
    joinGroup: async (input) => groups.joinGroup(context, input),
    leaveGroup: async (input) => groups.leaveGroup(context, input),
    renameGroup: async (input) => groups.renameGroup(context, input),
    changeNotice: async (input) => groups.changeNotice(context, input),
    changeOwner: async (input) => groups.changeOwner(context, input),
    createMember: async (input) => contacts.createMember(context, input),
    updateMember: async (input) => contacts.updateMember(context, input),
    deleteMember: async (input) => contacts.deleteMember(context, input),
    leaveCorp: async (input) => contacts.leaveCorp(context, input),
    returnToCorp: async (input) => contacts.returnToCorp(context, input),
    changeStanding: async (input) => contacts.changeStanding(context, input),
    scanContactWay: async (input) => scans.scanContactWay(context, input),
    scanJoinWay: async (input) => scans.scanJoinWay(context, input),
    addThroughLink: async (input) => acquisition.addThroughLink(context, input),
    openLink: async (input) => acquisition.openLink(context, input),
    requestThroughLink: async (input) => acquisition.requestThroughLink(context, input),
    changeQuota: async (input) => acquisition.changeQuota(context, input),
    quotaExpiresSoon: async () => acquisition.quotaExpiresSoon(context),
    linkUnavailable: async (input) => acquisition.linkUnavailable(context, input),
    deleteLink: async (input) => acquisition.deleteLink(context, input),
    settleTransfer: async (input) => transfers.settleTransfer(context, input),
    settleDueTransfers: async () => transfers.settleDueTransfers(context),
    createDepartment: async (input) => contacts.createDepartment(context, input),
    moveDepartment: async (input) => contacts.moveDepartment(context, input),
    renameDepartment: async (input) => contacts.renameDepartment(context, input),
    deleteDepartment: async (input) => contacts.deleteDepartment(context, input),
  } satisfies Partial<Simulator>
}
