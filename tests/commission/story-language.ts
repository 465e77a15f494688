import { formulaOf } from '@zhanggui/server/commission/formula.ts'
import { insertOwnerMove } from '@zhanggui/server/ownership/owner-moves.repository.ts'
import { sql } from 'kysely'
import { befriend } from '../support/shop.ts'
import type { Retail } from './retail-story.ts'

export interface Example {
  title: string
  story: string[]
  /** As it should read. */
  ledger: string[]
}

/** The examples of the page: a heading with a story, and the ledger it leads to. */
export function readExamples(page: string): Example[] {
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const blockOf = (kind: string) =>
        (new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\``, 'm').exec(section)?.[1] ?? 'missing').split('\n').filter(Boolean)
      return { title: section.split('\n')[0] ?? '', story: blockOf('story'), ledger: blockOf('ledger') }
    })
}

const noon = (day: string) => new Date(`2026-${day}T12:00:00+08:00`)
const fen = (yuan: string) => Math.round(Number(yuan.replace('¥', '')) * 100)

/** `key=value` words of a line. */
function optionsIn(words: string): Record<string, string> {
  return Object.fromEntries([...words.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]))
}

function linesIn(list: string) {
  return list.split(', ').map((item) => {
    const [productId = '', amount = ''] = item.split(' ')
    return { productId, quantity: 1, amount: fen(amount) }
  })
}

type Act = (retail: Retail, words: RegExpExecArray, day: string) => Promise<unknown>

const vocabulary: readonly [pattern: RegExp, act: Act][] = [
  [
    /^rule (\S+): (sales|service) ([\d.]+)%(.*)$/,
    (r, [, ruleId, credit, percent, rest = '']) => {
      const { product: productId, ...conditions } = optionsIn(rest)
      const from = / from (\S+)/.exec(rest)?.[1]
      const effectiveFrom = from ? `2026-${from}T00:00:00+08:00` : '2026-01-01T00:00:00+08:00'
      const rule = { ruleId, credit, rate: Number(percent) * 100, effectiveFrom, ...(productId && { productId }) }
      return r.send('commission-rules', [{ ...rule, ...conditions }])
    },
  ],
  [
    /^product (\S+)(.*)$/,
    (r, [, productId, rest = '']) =>
      r.send('products', [{ productId, name: productId, price: 100, ...optionsIn(rest) }]),
  ],
  [/^store (\S+) (\S+)$/, (r, [, storeId, ownership]) => r.send('stores', [{ storeId, name: storeId, ownership }])],
  [
    /^(\S+) befriends (\S+)$/,
    (r, [, name, guideUserId]) => befriend(r.t, { guideUserId, externalUserId: `wm${name}` }),
  ],
  [
    /^(\S+) moves to (\S+)$/,
    (r, [, name, toUserId = '']) =>
      r.db.transaction().execute((tx) =>
        insertOwnerMove(tx, {
          externalUserId: `wm${name}`,
          toUserId,
          cause: 'ruling',
          reason: 'asked for',
          movedBy: 'boss',
          movedAt: r.clock.now(),
          sourceKey: `${name} ${r.clock.now().toISOString()}`,
        }),
      ),
  ],
  [
    /^(\S+) shares to (\S+) link=(\S+)$/,
    (r, [, guideUserId = '', name, token = '']) =>
      r.db
        .insertInto('share')
        .values({
          shareId: crypto.randomUUID(),
          token,
          guideUserId,
          requestId: token,
          externalUserId: `wm${name}`,
          kind: 'product',
          ref: 'ring',
          title: 'ring',
          createdAt: r.clock.now(),
          outcome: 'handed_over',
          outcomeAt: r.clock.now(),
        })
        .execute(),
  ],
  [
    /^member (\S+) is (\S+)$/,
    (r, [, memberNo, name]) => r.send('members', [{ memberNo, externalUserId: `wm${name}` }]),
  ],
  [
    /^order (\S+)(.*): (.*)$/,
    (r, [, orderId = '', rest = '', lines = ''], day) => {
      const { till, service, link, store, channel, member, paid } = optionsIn(rest)
      const name = / by (\S+)/.exec(rest)?.[1]
      const customer = { ...(name && { externalUserId: `wm${name}` }), ...(member && { memberNo: member }) }
      return r.send('orders', [
        {
          orderId,
          channel: channel ?? 'store',
          storeId: store ?? 'north',
          placedAt: noon(/ placed (\S+)/.exec(rest)?.[1] ?? day).toISOString(),
          lines: linesIn(lines),
          customer,
          ...(till && { salesGuideId: till }),
          ...(service && { serviceGuideId: service }),
          ...(link && { shareToken: link }),
          ...(paid && { paidAmount: fen(paid) }),
        },
      ])
    },
  ],
  [
    /^refund (\S+) of (\S+): (.*)$/,
    (r, [, refundId, orderId, lines = ''], day) =>
      r.send('refunds', [{ refundId, orderId, refundedAt: noon(day).toISOString(), lines: linesIn(lines) }]),
  ],
  [
    /^correction of (\S+): (sales|service) to (\S+)$/,
    (r, [, orderId, credit, guideId]) =>
      r.post(`orders/${orderId}/attribution-corrections`, { credit, guideId, reason: 'as agreed', by: 'boss' }),
  ],
  [/^close (\S+)$/, (r, [, period]) => r.post(`commission/periods/${period}/close`, { by: 'finance' })],
]

/** Acts out a line on its day, and works out whatever follows from it. */
export async function actOut(retail: Retail, line: string): Promise<void> {
  const [, day = '01-01', what = ''] = /^(?:(\d\d-\d\d) )?(.*)$/.exec(line) ?? []
  retail.clock.set(noon(day))
  for (const [pattern, act] of vocabulary) {
    const words = pattern.exec(what)
    if (!words) continue
    await act(retail, words, day)
    await retail.work()
    return
  }
  throw new Error(`nobody knows how to act out: ${line}`)
}

/** The whole ledger as the page writes it, order by order. */
export async function ledgerOf({ db }: Retail): Promise<string[]> {
  const { rows } = await sql<{
    day: string
    orderId: string
    guideUserId: string
    credit: string
    kind: string
    refundId: string | null
    base: number
    rate: number
    amount: number
    period: string | null
  }>`
    select to_char(occurred_at at time zone 'Asia/Shanghai', 'MM-DD') as day, e.*, s.period
    from commission_entry e left join commission_settlement s using (entry_id)
    order by length(e.order_id), e.order_id, e.entry_no`.execute(db)
  return rows.map(({ day, orderId, guideUserId, credit, kind, refundId, period, ...money }) =>
    [day, orderId, guideUserId, credit, kind, refundId, formulaOf(money), period && `settled ${period}`]
      .filter(Boolean)
      .join(' '),
  )
}
