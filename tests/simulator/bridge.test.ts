import type { BridgeCall, BridgeReply } from '@zhanggui/wecom-simulator/bridge/bridge-types.ts'
import type { SignedPage } from '@zhanggui/wecom-simulator/bridge/world.ts'
import { type Bridge, createBridge } from '@zhanggui/wecom-simulator/bridge.ts'
import { describe, expect, test } from 'vitest'

const CORP = 'wwc0ffee0011223344'
const PAGE = 'https://guide.shop.test/sidebar/?tab=customer'
const sharing = ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage', 'setClipboardData']

/** A corp that trusts one origin and takes 'good' for a signature of PAGE. */
function makeBridge(): Bridge {
  const signed = (page: SignedPage) => page.signature === 'good' && page.url === PAGE
  return createBridge({
    corpId: CORP,
    agentId: '1000077',
    isTrusted: (href) => href.startsWith('https://guide.shop.test/'),
    seesApp: (guide) => guide === 'LinXiao',
    checkSignature: (_kind, page) => (signed(page) ? { ok: true } : { ok: false, errcode: 40093 }),
    findMedia: (mediaId, kind) => mediaId === `the-${kind}`,
  })
}

function call(name: string, changes: Partial<BridgeCall> = {}): BridgeCall {
  return {
    name,
    params: {},
    href: PAGE,
    page: 'p1',
    guide: 'LinXiao',
    entry: 'single_chat_tools',
    externalUserId: 'wmAnna',
    platform: 'ios',
    ...changes,
  }
}

const agentParams = {
  corpid: CORP,
  agentid: '1000077',
  timestamp: '1767225600',
  nonceStr: 'n',
  signature: 'good',
  jsApiList: sharing,
}
const corpParams = {
  appId: CORP,
  verifyJsApiList: sharing,
  verifyTimestamp: '1767225600',
  verifyNonceStr: 'n',
  verifySignature: 'good',
}

function configured(changes: Partial<BridgeCall> = {}): Bridge {
  const bridge = makeBridge()
  bridge.call(call('agentConfig', { ...changes, params: agentParams }))
  return bridge
}

function words(reply: BridgeReply): unknown {
  return reply.kind === 'answer' ? (reply.answer.err_msg ?? reply.answer.errmsg) : reply.kind
}

const share = (params: Record<string, unknown>, changes: Partial<BridgeCall> = {}) =>
  call('sendChatMessage', { ...changes, params })
const text = { msgtype: 'text', text: { content: '您好' } }

describe('agentConfig', () => {
  test.for([
    ['a right signature', {}, {}, 'agentConfig:ok'],
    ['an agentid given as a number', { agentid: 1000077 }, {}, 'agentConfig:ok'],
    ['a wrong signature', { signature: 'bad' }, {}, /invalid signature.*e=40093/],
    ['a signature for another URL', {}, { href: `${PAGE}&code=1` }, /invalid signature.*e=40093/],
    ['another corp', { corpid: 'wwother' }, {}, /invalid corpId.*e=40013/],
    ['another app', { agentid: '1' }, {}, 'agentConfig:fail'],
    ['the SDK saying "undefined" for a missing agentid', { agentid: 'undefined' }, {}, 'agentConfig:fail'],
    ['an empty list', { jsApiList: [] }, {}, /e=40063/],
    ['an untrusted domain', {}, { href: 'https://evil.test/' }, /^not match any reliable domain.*e=80001/],
    ['a guide outside the visible range', {}, { guide: 'boss' }, 'agentConfig:fail user not in allow list'],
  ] as const)('answers %s', ([, params, changes, expected]) => {
    const reply = makeBridge().call(call('agentConfig', { ...changes, params: { ...agentParams, ...params } }))
    if (typeof expected === 'string') expect(words(reply)).toBe(expected)
    else expect(words(reply)).toMatch(expected)
  })

  test('an old client wants the corp configured first', () => {
    const bridge = makeBridge()
    bridge.change({ clientVersion: '3.0.20' })
    expect(words(bridge.call(call('agentConfig', { params: agentParams })))).toBe('agentConfig:fail')
    expect(words(bridge.call(call('preVerifyJSAPI', { params: corpParams })))).toBe('preVerifyJSAPI:ok')
    expect(words(bridge.call(call('agentConfig', { params: agentParams })))).toBe('agentConfig:ok')
  })
})

test.for([
  ['a right signature', {}, 'preVerifyJSAPI:ok'],
  ['a wrong signature', { verifySignature: 'bad' }, /^preVerifyJSAPI:.*e=40093/],
  ['no corp', { appId: undefined }, /e=40063/],
  ['another corp', { appId: 'wwother' }, /e=40013/],
] as const)('preVerifyJSAPI answers %s', ([, params, expected]) => {
  const reply = makeBridge().call(call('preVerifyJSAPI', { params: { ...corpParams, ...params } }))
  expect(words(reply)).toMatch(expected)
})

describe('permission', () => {
  test('customer functions need agentConfig, not only the corp configuration', () => {
    const bridge = makeBridge()
    expect(words(bridge.call(call('getCurExternalContact')))).toBe('getCurExternalContact:fail no permission')
    bridge.call(call('preVerifyJSAPI', { params: corpParams }))
    expect(words(bridge.call(call('getCurExternalContact')))).toBe('getCurExternalContact:fail no permission')
    expect(words(bridge.call(call('setClipboardData', { params: { data: '1' } })))).toBe('setClipboardData:ok')
  })

  test('what is missing from jsApiList is refused', () => {
    const reply = configured().call(call('openUserProfile', { params: { type: 2, userid: 'wmAnna' } }))
    expect(words(reply)).toBe('openUserProfile:fail the permission value is offline verifying')
  })

  test('a grant ends with the page and does not reach another URL', () => {
    const bridge = configured()
    expect(words(bridge.call(call('getCurExternalContact')))).toBe('getCurExternalContact:ok')
    expect(words(bridge.call(call('getCurExternalContact', { page: 'p2' })))).toMatch(/no permission/)
    expect(words(bridge.call(call('getCurExternalContact', { href: 'https://guide.shop.test/other' })))).toMatch(
      /no permission/,
    )
  })
})

describe('context', () => {
  const group = { entry: 'group_chat_tools', chatId: 'wrOld', externalUserId: undefined } as const
  test.for([
    ['getContext', {}, { err_msg: 'getContext:ok', entry: 'single_chat_tools' }],
    ['getContext', group, { err_msg: 'getContext:ok', entry: 'group_chat_tools' }],
    ['getCurExternalContact', {}, { err_msg: 'getCurExternalContact:ok', userId: 'wmAnna' }],
    ['getCurExternalContact', group, { err_msg: 'getCurExternalContact:fail without context of external contact' }],
    ['getCurExternalChat', group, { err_msg: 'getCurExternalChat:ok', chatId: 'wrOld' }],
    ['getCurExternalChat', {}, { err_msg: 'getCurExternalChat:fail without context of external contact' }],
  ] as const)('%s knows only its own kind of chat', ([name, changes, answer]) => {
    expect(configured().call(call(name, changes))).toEqual({ kind: 'answer', delayMs: 0, answer })
  })
})

describe('every platform words a failure its own way', () => {
  test.for([
    ['windows', { errmsg: 'getCurExternalChat:fail_without context of external contact' }],
    ['mac', { err_msg: 'getCurExternalChat:fail_fail_without context of external contact', err_code: 2 }],
    ['ios', { err_msg: 'getCurExternalChat:fail without context of external contact' }],
    ['android', { err_msg: 'getCurExternalChat:fail without context of external contact' }],
  ] as const)('%s', ([platform, answer]) => {
    expect(configured({ platform }).call(call('getCurExternalChat', { platform }))).toMatchObject({ answer })
  })
})

describe('sendChatMessage', () => {
  const news = {
    link: 'https://guide.shop.test/c/1',
    title: '券',
    desc: '30 天',
    imgUrl: 'https://guide.shop.test/c.png',
  }
  const mini = { appid: 'wx1', title: '商城', imgUrl: 'https://guide.shop.test/c.png', page: 'pages/p.html?id=1' }

  test.for([
    ['text', text, { kind: 'text', text: '您好' }],
    [
      'a card',
      { msgtype: 'news', news },
      { kind: 'link', title: '券', desc: '30 天', url: news.link, imageUrl: news.imgUrl },
    ],
    [
      'a mini program',
      { msgtype: 'miniprogram', miniprogram: mini },
      { kind: 'miniprogram', title: '商城', appId: 'wx1', page: mini.page, imageUrl: mini.imgUrl },
    ],
    ['a picture', { msgtype: 'image', image: { mediaid: 'the-image' } }, { kind: 'image', mediaId: 'the-image' }],
  ] as const)('a desktop puts %s into the input box and answers at once', ([, params, content]) => {
    expect(configured({ platform: 'windows' }).call(share(params, { platform: 'windows' }))).toEqual({
      kind: 'answer',
      delayMs: 0,
      answer: { errmsg: 'sendChatMessage:ok' },
      effect: { kind: 'compose', content },
    })
  })

  test('a phone asks first, and its cancel is a cancel', () => {
    expect(configured().call(share({ ...text, enterChat: true }))).toEqual({
      kind: 'confirm',
      delayMs: 0,
      content: { kind: 'text', text: '您好' },
      enterChat: true,
      agreed: { err_msg: 'sendChatMessage:ok' },
      cancelled: { err_msg: 'sendChatMessage:cancel' },
    })
  })

  test.for([
    ['no text', { msgtype: 'text', text: { content: ' ' } }, /invalid param/],
    ['a text beyond 2048 bytes', { msgtype: 'text', text: { content: '字'.repeat(683) } }, /invalid param/],
    ['no body', { msgtype: 'news' }, /invalid param/],
    ['a card without title', { msgtype: 'news', news: { ...news, title: '' } }, /invalid param/],
    ['a card without description', { msgtype: 'news', news: { ...news, desc: undefined } }, /invalid param/],
    ['a card without picture', { msgtype: 'news', news: { ...news, imgUrl: '' } }, /link or imgUrl is invalid/],
    ['a card without link', { msgtype: 'news', news: { ...news, link: '/c/1' } }, /link or imgUrl is invalid/],
    [
      'a page without .html',
      { msgtype: 'miniprogram', miniprogram: { ...mini, page: 'pages/p?id=1' } },
      /invalid miniprogram info/,
    ],
    ['a cover that is no URL', { msgtype: 'miniprogram', miniprogram: { ...mini, imgUrl: 'c.png' } }, /invalid imgUrl/],
    ['an unknown picture', { msgtype: 'image', image: { mediaid: 'gone' } }, /unexpect err/],
    ['a media id of another type', { msgtype: 'video', video: { mediaid: 'the-image' } }, /unexpect err/],
    ['media_id for mediaid', { msgtype: 'image', image: { media_id: 'the-image' } }, /invalid param/],
    ['link for news', { msgtype: 'link', link: news }, /unsupported_msgtype/],
  ] as const)('refuses %s', ([, params, expected]) => {
    expect(words(configured().call(share(params)))).toMatch(expected)
  })

  test.for(['contact_profile', 'normal'] as const)('does not work from %s', (entry) => {
    expect(words(configured().call(share(text, { entry })))).toMatch(/without context/)
  })

  test('works from the attachment menu, but not on a Mac', () => {
    expect(configured().call(share(text, { entry: 'chat_attachment' })).kind).toBe('confirm')
    const mac = configured({ platform: 'mac' }).call(share(text, { entry: 'chat_attachment', platform: 'mac' }))
    expect(words(mac)).toMatch(/without context/)
  })
})

describe('the client misbehaves on request', () => {
  test.for([
    ['refused', 'sendChatMessage:fail no permission'],
    ['cancelled', 'sendChatMessage:cancel'],
    ['function_not_exist', 'system:function_not_exist'],
    ['silent', 'silent'],
  ] as const)('%s, once', ([forced, expected]) => {
    const bridge = configured()
    bridge.change({ nextAnswers: { sendChatMessage: forced } })
    expect(words(bridge.call(share(text)))).toBe(expected)
    expect(words(bridge.call(share(text)))).toBe('confirm')
  })

  test('a delay of its own goes before the one for every call, and null never answers', () => {
    const bridge = configured()
    bridge.change({ delays: { '*': 400, getCurExternalContact: 4000, getCurExternalChat: null } })
    expect(bridge.call(call('getContext'))).toMatchObject({ delayMs: 400 })
    expect(bridge.call(call('getCurExternalContact'))).toMatchObject({ delayMs: 4000 })
    expect(bridge.call(call('getCurExternalChat'))).toEqual({ kind: 'silent' })
  })
})

describe('other functions', () => {
  const all = {
    ...agentParams,
    jsApiList: ['checkJsApi', 'openUserProfile', 'openEnterpriseChat', 'openDefaultBrowser', 'scanQRCode'],
  }
  function ask(
    name: string,
    params: Record<string, unknown>,
    platform: BridgeCall['platform'] = 'windows',
  ): BridgeReply {
    const bridge = makeBridge()
    bridge.call(call('agentConfig', { platform, params: all }))
    return bridge.call(call(name, { platform, params }))
  }

  test('checkJsApi tells what this client has, as JSON text on Android', () => {
    const asked = { jsApiList: ['sendChatMessage', 'openDefaultBrowser', 'teleport'] }
    const has = { sendChatMessage: true, openDefaultBrowser: false, teleport: false }
    expect(ask('checkJsApi', asked, 'ios')).toMatchObject({ answer: { checkResult: has } })
    expect(ask('checkJsApi', asked, 'android')).toMatchObject({ answer: { checkResult: JSON.stringify(has) } })
  })

  test.for([
    ['openUserProfile', { type: 2, userid: 'wmAnna' }, 'windows', 'openUserProfile:ok'],
    ['openUserProfile', { type: 2, userId: 'wmAnna' }, 'windows', 'openUserProfile:fail_invalid params'],
    ['openEnterpriseChat', { externalUserIds: 'wmAnna', groupName: '' }, 'mac', 'openEnterpriseChat:ok'],
    ['openEnterpriseChat', { externalUserIds: 'wmAnna' }, 'mac', 'openEnterpriseChat:fail_fail_invalid params'],
    ['openEnterpriseChat', { groupName: '' }, 'android', 'openEnterpriseChat:fail empty chatid or userids'],
    ['openDefaultBrowser', { url: 'https://guide.shop.test/' }, 'windows', 'openDefaultBrowser:ok'],
    ['openDefaultBrowser', { url: 'https://guide.shop.test/' }, 'ios', 'openDefaultBrowser:fail nosupport'],
    ['scanQRCode', {}, 'ios', 'scan'],
    ['teleport', {}, 'windows', 'system:function_not_exist'],
  ] as const)('%s %o on %s', ([name, params, platform, expected]) => {
    expect(words(ask(name, params, platform))).toBe(expected)
  })

  test('an old client has no getContext', () => {
    const bridge = configured()
    bridge.change({ clientVersion: '3.0.20' })
    expect(words(bridge.call(call('getContext')))).toBe('system:function_not_exist')
  })
})
