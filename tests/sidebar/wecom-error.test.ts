import { outcomeOf } from '@zhanggui/sidebar-web/sharing/outcome.ts'
import { isSdkRejection, SignatureError } from '@zhanggui/sidebar-web/wecom/rejections.ts'
import { toWeComError } from '@zhanggui/sidebar-web/wecom/wecom-error.ts'
import { expect, test } from 'vitest'

/** What the SDK hands to the page for each native answer, per client. */
test.for([
  ['cancelled', { errMsg: 'sendChatMessage:cancel', err_msg: 'sendChatMessage:cancel', errCode: -1 }],
  ['no_permission', { errMsg: 'x:nopermission', errmsg: 'x:fail_nopermission', errCode: -1 }],
  ['no_permission', { errMsg: 'x:no permission', err_msg: 'x:fail_no permission', errCode: -1 }],
  ['no_permission', { errMsg: 'x:accessdenied', err_msg: 'system:access_denied', errCode: -1 }],
  ['no_permission', { errMsg: 'x:permission denied', err_msg: 'x:access denied', errCode: -1 }],
  ['unsupported', { errMsg: 'x:unsupportedmsgtype', errmsg: 'x:fail_unsupported_msgtype' }],
  ['unsupported', { errMsg: 'x:functionnotexist', err_msg: 'system:function_not_exist' }],
  ['no_context', { errMsg: 'x:failwithout context of external contact', errCode: 2 }],
  ['bad_content', { errMsg: 'x:fail invalid imgurl', err_msg: 'x:fail invalid imgUrl' }],
  [
    'untrusted_domain',
    {
      errMsg: 'x://open.work.weixin.qq.com/devtool/query?e=80001',
      err_msg: 'not match any reliable domain. more info at https://open.work.weixin.qq.com/devtool/query?e=80001',
    },
  ],
  ['bad_signature', { errMsg: 'agentConfig:invalid signature more info at https://x/query?e=40093' }],
  ['bad_setup', { errMsg: 'agentConfig:invalid corpid more info at https://x/query?e=40013' }],
  ['bad_setup', { errMsg: 'agentConfig:fail', err_msg: 'agentConfig:fail' }],
  ['out_of_scope', { errMsg: 'x:user not in allow list' }],
  ['not_ready', { errMsg: 'x:permission value is offline verifying' }],
  ['not_ready', new Error('SDK Error: Aborted')],
  ['unknown', { errMsg: 'sendChatMessage:fail', err_msg: 'sendChatMessage:fail' }],
  ['unknown', 'what'],
  ['unknown', undefined],
] as const)('%s is told from %o', ([problem, rejection]) => expect(toWeComError(rejection).problem).toBe(problem))

test('the ids in a message do not leave the page', () => {
  const error = toWeComError({ errMsg: 'x:fail user wmAbCdEf_0123456789-xyz of chat wrOgQhDgAAMYQiS5ol' })
  expect(error.folded).toBe('xfailuser…')
  expect(outcomeOf(error)).toEqual({ outcome: 'unknown', detail: 'xfailuser…' })
})

test('a long message fits the server’s field', () => {
  expect(toWeComError({ errMsg: `x:${'long '.repeat(200)}` }).folded.length).toBe(200)
})

test('an outcome tells refused, unsupported, cancelled and unknown apart', () => {
  const outcome = (errMsg: string) => outcomeOf(toWeComError({ errMsg })).outcome
  expect(outcome('sendChatMessage:no permission')).toBe('refused')
  expect(outcome('sendChatMessage:functionnotexist')).toBe('unsupported')
  expect(outcome('sendChatMessage:cancel')).toBe('cancelled')
  expect(outcome('sendChatMessage:fail')).toBe('unknown')
})

test('only the SDK’s own loose ends are swept away', () => {
  expect(isSdkRejection({ errMsg: 'getContext:fail', errCode: -1 })).toBe(true)
  expect(isSdkRejection(new Error('SDK Error: Aborted'))).toBe(true)
  expect(isSdkRejection(new SignatureError('x'))).toBe(true)
  expect(isSdkRejection(new TypeError('a mistake of ours'))).toBe(false)
  expect(isSdkRejection('text')).toBe(false)
})
