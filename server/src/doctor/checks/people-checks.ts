import { APP_MENU } from '../../wecom/refusals.ts'
import { type Check, fail, ok, warn } from '../check.ts'
import { askAgent, GROUP, refused } from './wecom-checks.ts'

/** Absent, or outside what the app may see (docs 90196, 90313). */
const NO_SUCH_USER = [60111, 46004, 40003]
const OUT_OF_RANGE = [60011, 60021, 50002]
const ACTIVE = 1
const MOST_HQ = 20

export const visibleRange: Check = {
  id: 'visible-range',
  group: GROUP,
  title: '可见范围',
  needs: ['agent'],
  async run(tools) {
    const agent = await askAgent(tools)
    if (agent.errcode !== 0) return refused(agent)
    const members = countIn(agent.allow_userinfos, 'user')
    const chosen = countIn(agent.allow_partys, 'partyid') + countIn(agent.allow_tags, 'tagid')
    const fix = `${APP_MENU} → 可见范围,加上所有导购(或他们的部门)和总部的人`
    if (members + chosen === 0) return fail('一个人也没有', fix)

    const departments = await tools.wecom.get('department/simplelist')
    if (departments.errcode !== 0) return refused(departments)
    const ids = listIn(departments, 'department_id').flatMap((each) => numberIn(each, 'id'))
    const [first] = ids
    if (first === undefined) return members > 0 ? ok(`${members} 人,没有部门`) : warn('看不到部门', fix)
    const people = await tools.wecom.get('user/simplelist', { query: { department_id: String(first) } })
    if (people.errcode !== 0) return refused(people)
    return ok(`${ids.length} 个部门${members > 0 ? `、点名 ${members} 人` : ''}`)
  },
}

export const hqUsers: Check = {
  id: 'hq-users',
  group: GROUP,
  title: '总部账号',
  needs: ['agent'],
  async run({ wecom, config: { hqUserIds } }) {
    if (hqUserIds.length === 0)
      return warn('没有设,出了事没人收得到提醒', 'HQ_USER_IDS 填总部同事的账号:管理后台 → 通讯录 → 点开成员 → 账号')
    const asked = hqUserIds.slice(0, MOST_HQ)
    const answers = await Promise.all(asked.map((userid) => wecom.get('user/get', { query: { userid } })))
    const those = (isSo: (errcode: number, status: unknown) => boolean) =>
      asked.filter((_, index) => isSo(answers[index]?.errcode ?? 0, answers[index]?.status)).join('、')

    const missing = those((errcode) => NO_SUCH_USER.includes(errcode))
    if (missing)
      return fail(
        `没有 ${missing} 这个账号,或不在可见范围`,
        '核对 HQ_USER_IDS:管理后台 → 通讯录 → 点开成员 → 账号',
        `在的话加进:${APP_MENU} → 可见范围`,
      )
    const outside = those((errcode) => OUT_OF_RANGE.includes(errcode))
    if (outside) return fail(`${outside} 不在可见范围,收不到提醒`, `${APP_MENU} → 可见范围,加上他们`)
    const other = answers.find(({ errcode }) => errcode !== 0)
    if (other) return refused(other)
    const asleep = those((_, status) => typeof status === 'number' && status !== ACTIVE)
    if (asleep) return warn(`${asleep} 还没激活或已停用`, '让本人登录一次企业微信')
    return ok(asked.join('、'))
  },
}

export const customerContact: Check = {
  id: 'customer-contact',
  group: GROUP,
  title: '客户联系权限',
  needs: ['trusted-ip'],
  async run({ wecom }) {
    const answer = await wecom.get('externalcontact/get_follow_user_list')
    return answer.errcode === 0 ? ok('可以调用客户接口') : refused(answer)
  },
}

export const followUsers: Check = {
  id: 'follow-users',
  group: GROUP,
  title: '能加客户的人',
  needs: ['customer-contact'],
  async run({ wecom }) {
    const answer = await wecom.get('externalcontact/get_follow_user_list')
    if (answer.errcode !== 0) return refused(answer)
    const count = listIn(answer, 'follow_user').length
    if (count > 0) return ok(`${count} 人`)
    return fail(
      '一个也没有',
      '管理后台 → 客户与上下游 → 客户联系 → 权限配置 → 使用范围,加上导购',
      `他们也要在 ${APP_MENU} → 可见范围里`,
    )
  },
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return Array.isArray(list) ? list : []
}

function countIn(value: unknown, name: string): number {
  return listIn(value, name).length
}

function numberIn(value: unknown, name: string): number[] {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof found === 'number' ? [found] : []
}
