import type { ActionInputs, ActionName } from '../control-types.ts'

const text = { type: 'string' }
const someText = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: someText }
const flag = { type: 'boolean' }
const integer = { type: 'integer' }
const integers = { type: 'array', items: integer }

type Properties<N extends ActionName> = { [Field in keyof Required<ActionInputs[N]>]: object }

function body<N extends ActionName>(properties: Properties<N>, optional: readonly (keyof ActionInputs[N])[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.some((each) => each === name))
  return { type: 'object', properties, required, additionalProperties: false }
}

const content = {
  type: 'object',
  required: ['kind'],
  oneOf: [
    { properties: { kind: { const: 'text' }, text: someText }, required: ['text'] },
    {
      properties: { kind: { const: 'link' }, title: someText, desc: text, url: someText, imageUrl: text },
      required: ['title', 'desc', 'url'],
    },
    { properties: { kind: { enum: ['image', 'video', 'file'] }, mediaId: someText }, required: ['mediaId'] },
    {
      properties: { kind: { const: 'miniprogram' }, title: someText, appId: someText, page: someText, imageUrl: text },
      required: ['title', 'appId', 'page'],
    },
  ],
}
const phone = { type: 'string', pattern: '^1[0-9]{10}$' }
const pair = { guide: someText, customer: someText }

/** JSON schemas of what the page may send; their fields are those of ActionInputs, or this does not compile. */
export const actionBodies: { [N in ActionName]: object } = {
  addFriend: body<'addFriend'>(
    {
      guide: someText,
      customer: someText,
      name: someText,
      phone,
      state: text,
      contactWay: someText,
      half: flag,
      addWay: integer,
      welcomeInConsole: flag,
      duplicate: flag,
    },
    ['customer', 'name', 'phone', 'state', 'contactWay', 'half', 'addWay', 'welcomeInConsole', 'duplicate'],
  ),
  confirmHalf: body<'confirmHalf'>(pair),
  deleteByCustomer: body<'deleteByCustomer'>(pair),
  deleteByGuide: body<'deleteByGuide'>({ ...pair, transfer: flag }, ['transfer']),
  editRemark: body<'editRemark'>({ ...pair, remark: text, description: text, company: text, phones: texts }, [
    'remark',
    'description',
    'company',
    'phones',
  ]),
  editTags: body<'editTags'>({ ...pair, add: texts, remove: texts }, ['add', 'remove']),
  customerSays: body<'customerSays'>({ guide: someText, chat: someText, customer: someText, text: someText }, [
    'customer',
  ]),
  guideSends: body<'guideSends'>({ guide: someText, chat: someText, content, via: { enum: ['typed', 'sidebar'] } }),
  markRead: body<'markRead'>({ guide: someText, chat: someText }),
  showPhone: body<'showPhone'>({ customer: someText }),
  createTagGroup: body<'createTagGroup'>({ name: someText, tags: texts }),
  createTag: body<'createTag'>({ groupId: someText, name: someText }),
  renameTag: body<'renameTag'>({ id: someText, name: someText }),
  deleteTag: body<'deleteTag'>({ id: someText }),
  shuffleTags: body<'shuffleTags'>({ groupId: someText, order: texts }, ['groupId']),
  createGroup: body<'createGroup'>({ owner: someText, name: text, members: texts, notice: text }, [
    'members',
    'notice',
  ]),
  dismissGroup: body<'dismissGroup'>({ chatId: someText }),
  joinGroup: body<'joinGroup'>(
    { chatId: someText, members: texts, scene: { enum: [0, 3] }, byLink: flag, invitedBy: someText, stranger: flag },
    ['scene', 'byLink', 'invitedBy', 'stranger'],
  ),
  leaveGroup: body<'leaveGroup'>({ chatId: someText, members: texts, removed: flag }, ['removed']),
  renameGroup: body<'renameGroup'>({ chatId: someText, name: text }),
  changeNotice: body<'changeNotice'>({ chatId: someText, notice: text }),
  changeOwner: body<'changeOwner'>({ chatId: someText, owner: someText }),
  scanContactWay: body<'scanContactWay'>(
    { configId: someText, state: someText, customer: someText, name: someText, phone, duplicate: flag },
    ['configId', 'state', 'customer', 'name', 'phone', 'duplicate'],
  ),
  scanJoinWay: body<'scanJoinWay'>({ configId: someText, members: texts, stranger: flag }, ['stranger']),
  addThroughLink: body<'addThroughLink'>(
    { linkId: someText, channel: text, guide: someText, customer: someText, name: someText, phone, half: flag },
    ['channel', 'guide', 'customer', 'name', 'phone', 'half'],
  ),
  openLink: body<'openLink'>({ linkId: someText, channel: text }, ['channel']),
  requestThroughLink: body<'requestThroughLink'>({ linkId: someText, channel: text }, ['channel']),
  changeQuota: body<'changeQuota'>({ balance: { type: 'integer', minimum: 0 }, expiresAt: integer }, ['expiresAt']),
  quotaExpiresSoon: body<'quotaExpiresSoon'>({}),
  linkUnavailable: body<'linkUnavailable'>({ linkId: someText }),
  deleteLink: body<'deleteLink'>({ linkId: someText }),
  settleTransfer: body<'settleTransfer'>({ ...pair, outcome: { enum: ['done', 'refused', 'limit'] } }),
  createMember: body<'createMember'>(
    {
      userId: someText,
      name: someText,
      departmentIds: integers,
      storeName: text,
      follows: flag,
      visible: flag,
      status: { enum: [1, 2, 4] },
    },
    ['storeName', 'follows', 'visible', 'status'],
  ),
  updateMember: body<'updateMember'>(
    { userId: someText, newUserId: someText, departmentIds: integers, name: someText },
    ['newUserId', 'departmentIds', 'name'],
  ),
  deleteMember: body<'deleteMember'>({ userId: someText }),
  leaveCorp: body<'leaveCorp'>({ userId: someText }),
  returnToCorp: body<'returnToCorp'>({ userId: someText }),
  changeStanding: body<'changeStanding'>(
    { userId: someText, visible: flag, configured: flag, status: { enum: [1, 2, 4] } },
    ['visible', 'configured', 'status'],
  ),
  createDepartment: body<'createDepartment'>({ name: someText, parentId: integer }),
  moveDepartment: body<'moveDepartment'>({ id: integer, parentId: integer }),
  renameDepartment: body<'renameDepartment'>({ id: integer, name: someText }),
  deleteDepartment: body<'deleteDepartment'>({ id: integer }),
  setNetwork: body<'setNetwork'>({ mode: { enum: ['normal', 'slow', 'throttled', 'down'] } }),
  failNext: body<'failNext'>({ endpoint: someText, errcode: integer, times: { type: 'integer', minimum: 1 } }, [
    'times',
  ]),
}
