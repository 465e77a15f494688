import { normalizePhone } from '@zhanggui/server/membership/phone.ts'
import { expect, test } from 'vitest'

test.for([
  ['13812345678', '13812345678'],
  [' 138 1234 5678 ', '13812345678'],
  ['138-1234-5678', '13812345678'],
  ['+8613812345678', '13812345678'],
  ['8613812345678', '13812345678'],
  ['0086 138 1234 5678', '13812345678'],
  ['\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18', '13812345678'],
  ['+852 9123 4567', '+85291234567'],
  ['+1 (380) 123-4567', '+13801234567'],
  ['0044 20 7946 0958', '+442079460958'],
  ['', undefined],
  ['12812345678', undefined],
  ['1381234567', undefined],
  ['138123456789', undefined],
  ['+86 21 8888 8888', undefined],
  ['021-88888888', undefined],
  ['138****5678', undefined],
  ['abcdefghijk', undefined],
  ['+852', undefined],
] as const)('the phone %j is kept as %j', ([written, kept]) => {
  expect(normalizePhone(written)).toBe(kept)
})
