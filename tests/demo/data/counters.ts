import type { StoreRecord } from '@zhanggui/shared/records.ts'

export interface Counter {
  storeId: string
  brand: string
  /** What the brand sells, as a shopper would say it. */
  trade: string
  ownership: 'self_operated' | 'joint_venture'
  floor: string
  /** Starts the product ids of this counter. */
  prefix: string
  /** The brand's own colour, the ground of its product pictures. */
  colour: string
}

/** One mall. Every brand is invented. */
export const MALL = '万象城'

export const counters: readonly Counter[] = [
  {
    storeId: 'C01',
    brand: '施家',
    trade: '珠宝',
    ownership: 'self_operated',
    floor: '1 楼 108',
    prefix: 'SJ',
    colour: '#7f9cc4',
  },
  {
    storeId: 'C02',
    brand: '欧家',
    trade: '美妆',
    ownership: 'joint_venture',
    floor: '1 楼 112',
    prefix: 'OJ',
    colour: '#d9a3a6',
  },
  {
    storeId: 'C03',
    brand: '禾宛',
    trade: '女装',
    ownership: 'self_operated',
    floor: '2 楼 203',
    prefix: 'HW',
    colour: '#c9b79c',
  },
  {
    storeId: 'C04',
    brand: '柏川',
    trade: '男装',
    ownership: 'self_operated',
    floor: '3 楼 306',
    prefix: 'BC',
    colour: '#8b9aa5',
  },
  {
    storeId: 'C05',
    brand: '履云',
    trade: '鞋履',
    ownership: 'joint_venture',
    floor: '2 楼 217',
    prefix: 'LY',
    colour: '#c3a793',
  },
  {
    storeId: 'C06',
    brand: '鹿岸',
    trade: '箱包',
    ownership: 'self_operated',
    floor: '1 楼 121',
    prefix: 'LA',
    colour: '#b9a37f',
  },
  {
    storeId: 'C07',
    brand: '驰野',
    trade: '运动',
    ownership: 'joint_venture',
    floor: '4 楼 402',
    prefix: 'CY',
    colour: '#8fb3a9',
  },
  {
    storeId: 'C08',
    brand: '小满家',
    trade: '童装',
    ownership: 'self_operated',
    floor: '4 楼 415',
    prefix: 'XM',
    colour: '#e3c07c',
  },
  {
    storeId: 'C09',
    brand: '眠山',
    trade: '家居',
    ownership: 'self_operated',
    floor: '5 楼 501',
    prefix: 'MS',
    colour: '#a9b59a',
  },
  {
    storeId: 'C10',
    brand: '恒晷',
    trade: '腕表',
    ownership: 'joint_venture',
    floor: '1 楼 105',
    prefix: 'HG',
    colour: '#7d8aa0',
  },
  {
    storeId: 'C11',
    brand: '青焙',
    trade: '茶食',
    ownership: 'self_operated',
    floor: '负 1 楼 B16',
    prefix: 'QB',
    colour: '#93ad84',
  },
  {
    storeId: 'C12',
    brand: '雾汀',
    trade: '香氛',
    ownership: 'self_operated',
    floor: '1 楼 126',
    prefix: 'WT',
    colour: '#b6a6c9',
  },
]

export function storeName(counter: Counter): string {
  return `${counter.brand}专柜`
}

export function findCounter(storeId: string): Counter {
  const counter = counters.find((one) => one.storeId === storeId)
  if (!counter) throw new RangeError(`no counter ${storeId}`)
  return counter
}

export function storeRecords(): StoreRecord[] {
  return counters.map((counter) => ({
    storeId: counter.storeId,
    name: storeName(counter),
    kind: 'counter',
    ownership: counter.ownership,
    brand: counter.brand,
    address: `${MALL} ${counter.floor}`,
    latitude: 31.2304,
    longitude: 121.4737,
  }))
}
