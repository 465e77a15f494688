import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'
import { type ImportScene, importScene } from './import-scene.ts'

let scene: ImportScene
beforeAll(async () => {
  scene = await importScene()
})
afterAll(() => scene[Symbol.asyncDispose]())

const order = (orderId: string) =>
  scene.t.db
    .selectFrom('salesOrder')
    .select(['orderId', 'paidAmount', 'placedAt', 'memberNo', 'channel', 'couponCodes', 'revision'])
    .where('orderId', '=', orderId)
    .executeTakeFirst()
const lines = (orderId: string) =>
  scene.t.db
    .selectFrom('salesOrderLine')
    .select(['productId', 'quantity', 'amount', 'name'])
    .where('orderId', '=', orderId)
    .orderBy('lineNo')
    .execute()
const rejected = async (name = 'file') => (await readFile(scene.path(`${name}.rejected.csv`), 'utf8')).split('\r\n')

const OWN = 'orderId,channel,placedAt,customer.memberNo,coupons,lines.productId,lines.quantity,lines.amount'

test('our own column names need no mapping; rows with one number are one order, also apart', async () => {
  const result = await scene.take(
    'orders',
    [
      OWN,
      'a,store,2026-09-01T10:00:00+08:00,m1,c1;c2,p1,1,100',
      'b,mall,2026-09-01 11:00:00,,,p1,2,300',
      'a,store,2026-09-01T10:00:00+08:00,m1,,p2,1,50',
    ].join('\n'),
  )
  expect(result).toEqual({
    rows: 3,
    skippedRows: 0,
    counts: { orders: { accepted: 2, unchanged: 0, rejected: 0 } },
    stopped: false,
  })
  expect(await order('a')).toMatchObject({ paidAmount: 150, memberNo: 'm1', couponCodes: ['c1', 'c2'] })
  expect((await lines('a')).map(({ productId }) => productId)).toEqual(['p1', 'p2'])
  expect((await order('b'))?.placedAt).toEqual(new Date('2026-09-01T11:00:00+08:00'))
  expect(existsSync(scene.path('file.rejected.csv'))).toBe(false)
})

test('what is refused comes back with its reason, is corrected and sent again', async () => {
  const result = await scene.take(
    'orders',
    [
      OWN,
      'good,store,2026-09-01 10:00,,,p1,1,100',
      'two rows,store,2026-09-01 10:00,,,p1,1,100',
      'two rows,store,2026-09-01 10:00,,,p2,0,"1,0"',
      'fax,fax,2026-09-01 10:00,,,p1,1,100',
      'short,store,2026-09-01 10:00',
      'whose,store,2026-09-01 10:00,m1,,p1,1,100',
      'whose,store,2026-09-01 10:00,m2,,p1,1,100',
      ',store,2026-09-01 10:00,m2,,p1,1,100',
    ].join('\r\n'),
    { name: 'till.csv' },
  )
  expect(result).toMatchObject({
    counts: { orders: { accepted: 1, unchanged: 0, rejected: 5 } },
    rejectedFile: scene.path('till.rejected.csv'),
  })
  const written = await rejected('till')
  expect(written[0]).toBe(`\uFEFF${OWN},rejected_code,rejected_reason`)
  expect(written.slice(1, -1).sort()).toEqual([
    ',store,2026-09-01 10:00,m2,,p1,1,100,missing_field,/orderId is missing',
    'fax,fax,2026-09-01 10:00,,,p1,1,100,invalid_field,"/channel must be one of store, mall, group, live, guide_share, douyin, kuaishou, other"',
    'short,store,2026-09-01 10:00,wrong_columns,"row 6 has 3 columns, the header has 8"',
    'two rows,store,2026-09-01 10:00,,,p1,1,100,invalid_field,/lines/1/quantity must be >= 1; /lines/1/amount must be integer',
    'two rows,store,2026-09-01 10:00,,,p2,0,"1,0",invalid_field,/lines/1/quantity must be >= 1; /lines/1/amount must be integer',
    'whose,store,2026-09-01 10:00,m1,,p1,1,100,rows_disagree,the rows of this number name different customers',
    'whose,store,2026-09-01 10:00,m2,,p1,1,100,rows_disagree,the rows of this number name different customers',
  ])
  const corrected = written
    .filter((line) => !/^(short|whose|,|fax)/.test(line))
    .join('\n')
    .replace('p2,0,"1,0"', 'p2,3,10')
  expect(await scene.take('orders', corrected, { name: 'till.rejected.csv' })).toMatchObject({
    counts: { orders: { accepted: 1, unchanged: 0, rejected: 0 } },
  })
  expect(await order('two rows')).toMatchObject({ paidAmount: 110 })
})

const FOREIGN = {
  columns: {
    单号: 'orderId',
    日期: 'placedAt',
    门店: 'storeId',
    渠道: 'channel',
    会员: 'customer.memberNo',
    货号: 'lines.productId',
    品名: 'lines.name',
    数量: 'lines.quantity',
    单价: 'lines.unitPrice',
    原单: 'returnOf',
  },
  constants: { channel: 'store' },
  words: { channel: { 小程序: 'mall' } },
  rewrite: { 'customer.memberNo': { match: '^VIP-(.*)$', take: '$1' } },
  skip: [{ 货号: '^(袋子|运费)$' }],
  money: 'decimal',
} as const
const FOREIGN_HEADER = '单号,日期,门店,渠道,会员,货号,品名,数量,单价,原单,没用'

test('a foreign table: names, words, constants, decimals, rows left out, GB18030 in gzip', async () => {
  const text = [
    FOREIGN_HEADER,
    'f1,2026/9/1 8:05,万象城,,VIP-88,swan,"天鹅,项链",2,1299.00,,x',
    'f1,2026/9/1 8:05,万象城,,VIP-88,袋子,纸袋,1,0.50,,x',
    'f2,2026/9/1 9:05,,小程序,,lip,唇釉 05 号 㐂,1,88.8,,x',
  ].join('\r\n')
  const bytes = gzipSync(encodeGb18030(text))
  const result = await scene.take('orders', bytes, { name: 'foreign.csv.gz', mapping: FOREIGN })
  expect(result).toMatchObject({ skippedRows: 1, counts: { orders: { accepted: 2, rejected: 0 } } })
  expect(await order('f1')).toMatchObject({ paidAmount: 259_800, memberNo: '88', channel: 'store' })
  expect(await lines('f1')).toEqual([{ productId: 'swan', quantity: 2, amount: 259_800, name: '天鹅,项链' }])
  expect(await order('f2')).toMatchObject({ paidAmount: 8880, channel: 'mall' })
  expect((await lines('f2'))[0]?.name).toBe('唇釉 05 号 㐂')
})

const refund = async (refundId: string) => {
  const head = await scene.t.db
    .selectFrom('salesRefund')
    .select(['orderId', 'amount', 'memberNo', 'refundedAt', 'storeId'])
    .where('refundId', '=', refundId)
    .executeTakeFirst()
  const own = await scene.t.db
    .selectFrom('salesRefundLine')
    .select(['productId', 'quantity', 'amount'])
    .where('refundId', '=', refundId)
    .orderBy('lineNo')
    .execute()
  return head && { ...head, lines: own }
}

test('returns are known by the prefix of their number', async () => {
  const rows = [
    FOREIGN_HEADER,
    'T9,2026-09-02 10:00,万象城,,VIP-88,swan,天鹅项链,-1,1299,f1,',
    'T8,2026-09-02 10:00,万象城,,,swan,天鹅项链,1,1299,,',
    'T7,2026-09-02 10:00,万象城,,,swan,天鹅项链,1,10,,',
    'T7,2026-09-02 10:00,万象城,,,swan,天鹅项链,-1,10,,',
  ]
  const result = await scene.take('orders', rows.join('\n'), {
    mapping: { ...FOREIGN, returns: { orderIdPrefix: 'T' } },
  })
  expect(result.counts).toMatchObject({ refunds: { accepted: 2 }, orders: { rejected: 1 } })
  expect((await rejected())[1]).toContain('mixed_signs')
  expect(await refund('T9')).toEqual({
    orderId: 'f1',
    amount: 129_900,
    memberNo: '88',
    storeId: '万象城',
    refundedAt: new Date('2026-09-02T10:00:00+08:00'),
    lines: [{ productId: 'swan', quantity: 1, amount: 129_900 }],
  })
  expect(await refund('T8')).toMatchObject({ orderId: null, amount: 129_900 })
})

test('returns are known by a negative quantity, also beside what was sold', async () => {
  const rows = [
    FOREIGN_HEADER,
    'n1,2026-09-02 10:00,,,VIP-7,swan,天鹅项链,2,10,,',
    'n1,2026-09-02 10:00,,,VIP-7,lip,唇釉,-1,5.55,,',
    'n2,2026-09-02 10:00,,,VIP-7,lip,唇釉,-1,5.55,,',
  ]
  const wish = { mapping: { ...FOREIGN, returns: { negativeQuantity: true } } }
  expect((await scene.take('orders', rows.join('\n'), wish)).counts).toMatchObject({
    orders: { accepted: 1, rejected: 0 },
    refunds: { accepted: 2, rejected: 0 },
  })
  expect(await order('n1')).toMatchObject({ paidAmount: 2000 })
  expect(await refund('n1')).toMatchObject({ orderId: 'n1', amount: 555, memberNo: '7' })
  expect(await order('n2')).toBeUndefined()
  expect(await refund('n2')).toMatchObject({ orderId: 'n2', amount: 555 })
})

test('the other kinds come in by the same rules, the database’s own included', async () => {
  const { take } = scene
  const all = { unchanged: 0, rejected: 0 }
  expect((await take('stores', 'storeId,name,latitude\ns1,万象城,22.5\ns2,海岸城,\n')).counts.stores).toEqual({
    ...all,
    accepted: 2,
  })
  expect((await take('guides', 'userId,storeId,role\nLinXiao,s1,manager\nNobody,s9,\n')).counts.guides).toEqual({
    accepted: 1,
    unchanged: 0,
    rejected: 1,
  })
  expect((await rejected())[1]).toContain('store_unknown')
  const products =
    'productId,name,price,onSale,miniProgram.appId,miniProgram.page\nswan,天鹅项链,129900,否,wx1,pages/1\n'
  expect((await take('products', products)).counts.products).toEqual({ ...all, accepted: 1 })
  expect(await scene.t.db.selectFrom('product').select(['onSale', 'miniProgram']).execute()).toEqual([
    { onSale: false, miniProgram: { appId: 'wx1', page: 'pages/1' } },
  ])
  const members = 'memberNo,phone,birthday,externalUserId\nm1,138 1234 5678,1990/2/28,wmA\nm2,,,wmA\n'
  expect((await take('members', members)).counts.members).toEqual({ accepted: 1, unchanged: 0, rejected: 1 })
  const refunds =
    'refundId,refundedAt,lines.productId,lines.quantity,lines.amount\nr1,2026-09-01,swan,1,5\nr1,2026-09-01,lip,1,6\n'
  expect((await take('refunds', refunds)).counts.refunds).toEqual({ ...all, accepted: 1 })
  const coupons = [
    '券号,名称,类型,面值,开始,结束,门店',
    'c1,满千减百,amount,100,2026-09-01,2026-10-01,s1、s2',
    'c2,九折,percent,10%,2026-09-01,2026-10-01,',
  ].join('\n')
  const mapping = {
    money: 'decimal' as const,
    columns: {
      券号: 'couponId',
      名称: 'title',
      类型: 'kind',
      面值: 'value',
      开始: 'validFrom',
      结束: 'validTo',
      门店: 'storeIds',
    },
  }
  expect((await take('coupons', coupons, { mapping })).counts.coupons).toEqual({ ...all, accepted: 2 })
  const kept = await scene.t.db.selectFrom('couponTemplate').select(['value', 'storeIds']).orderBy('couponId').execute()
  expect(kept).toEqual([
    { value: 10_000, storeIds: ['s1', 's2'] },
    { value: 10, storeIds: [] },
  ])
})

test('a dry run says what would be, by the database’s rules too, and keeps nothing', async () => {
  const members = 'memberNo,externalUserId\nd1,wmDry\nd2,wmA\n'
  const result = await scene.take('members', members, { dryRun: true })
  expect(result).toMatchObject({ counts: { members: { accepted: 1, rejected: 1 } } })
  expect(
    await scene.t.db.selectFrom('member').select('memberNo').where('externalUserId', '=', 'wmDry').execute(),
  ).toEqual([])
})

const unusable: [name: string, content: string, mapping: object | undefined, says: string][] = [
  ['a column nobody knows', 'orderId,colour\na,red\n', undefined, 'colour is not a field'],
  ['no number', 'channel\nstore\n', undefined, 'no column is the orderId'],
  ['a mapping of a column that is not there', 'no\n1\n', { columns: { 单号: 'orderId' } }, 'there is no column 单号'],
  ['a mapping to a field that is not there', 'no\n1\n', { columns: { no: 'orderID' } }, 'orderID is not a field'],
  ['two columns for one field', 'a,b\n1,2\n', { columns: { a: 'orderId', b: 'orderId' } }, 'two columns are orderId'],
  ['an empty file', '', undefined, 'the file is empty'],
  ['a quote never closed', `${OWN}\n"a,store`, undefined, 'row 2: a quote is never closed'],
]
test.for(unusable)('a table with %s is refused before anything is taken', async ([, content, mapping, says]) => {
  await expect(scene.take('orders', content, mapping && { mapping })).rejects.toThrow(says)
})

test('a file that is neither UTF-8 nor GB18030 is refused, and no name is garbled', async () => {
  const bytes = Buffer.concat([Buffer.from('storeId,name\ns1,'), Buffer.from([0xff, 0xff, 0x0a])])
  await expect(scene.take('stores', bytes)).rejects.toThrow('the file is not utf-8 and not gb18030')
})

test('an import that was stopped goes on where it was, and takes nothing twice', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const quantity = i % 1000 === 7 ? 0 : 1
    return `big${i},store,2026-09-01 10:00,,,p1,${quantity},100`
  })
  const content = [OWN, ...rows].join('\n')
  const stopping = new AbortController()
  const first = await scene.take('orders', content, {
    name: 'big.csv',
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  })
  expect(first.stopped).toBe(true)
  expect(existsSync(scene.path('big.csv.import.json'))).toBe(true)
  let resumedAt = 0
  const second = await scene.take('orders', content, {
    name: 'big.csv',
    onResume: (done) => {
      resumedAt = done
    },
  })
  expect(resumedAt).toBeGreaterThan(0)
  expect(second).toMatchObject({
    stopped: false,
    counts: { orders: { accepted: 19_980, unchanged: 0, rejected: 20 } },
  })
  expect((await rejected('big')).filter((line) => line.startsWith('big'))).toHaveLength(20)
  expect(existsSync(scene.path('big.csv.import.json'))).toBe(false)
  // Another file under the same name begins anew.
  const third = await scene.take('orders', content.replace('big0,', 'big-new,'), { name: 'big.csv' })
  expect(third.counts).toEqual({ orders: { accepted: 1, unchanged: 19_979, rejected: 20 } })
})
