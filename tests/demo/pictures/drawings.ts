import { backpack, clutch, shoulderBag, tote, wallet } from './bags.ts'
import { candle, diffuser, dropper, eyeshadow, jar, lipstick, perfume, pump, tube } from './beauty.ts'
import type { Drawing } from './brush.ts'
import type { Category } from './categories.ts'
import { dress, romper, shirt, skirt, sweater, tee, trousers } from './clothes.ts'
import { bedding, blanket, cushion, lamp, mug, plate, vase } from './home.ts'
import { bracelet, earrings, giftBox, necklace, ring } from './jewellery.ts'
import { coat, jacket, scarf, suit, tie } from './outerwear.ts'
import { boot, flat, heel, loafer, sneaker } from './shoes.ts'
import { ball, blocks, flask, mat, plush, train } from './sport-kids.ts'
import { gaiwan, nutBox, pastry, tea } from './tea.ts'
import { watch, watchStrap } from './watches.ts'

export const drawings: Readonly<Record<Category, Drawing>> = {
  项链: necklace,
  耳饰: earrings,
  手链: bracelet,
  戒指: ring,
  礼盒: (palette, name) => (name.includes('坚果') ? nutBox(palette, name) : giftBox(palette, name)),
  口红: lipstick,
  粉底: pump,
  洁面: tube,
  精华: dropper,
  面霜: jar,
  眼影: eyeshadow,
  大衣: coat,
  衬衫: shirt,
  连衣裙: dress,
  针织衫: sweater,
  半身裙: skirt,
  长裤: trousers,
  围巾: scarf,
  西装: suit,
  夹克: jacket,
  领带: tie,
  高跟鞋: heel,
  平底鞋: flat,
  乐福鞋: loafer,
  短靴: boot,
  运动鞋: sneaker,
  单肩包: shoulderBag,
  托特包: tote,
  双肩包: backpack,
  钱包: wallet,
  手拿包: clutch,
  运动上衣: tee,
  运动外套: jacket,
  瑜伽裤: trousers,
  瑜伽垫: mat,
  水壶: flask,
  球: ball,
  毛绒玩具: plush,
  连体衣: romper,
  童外套: (palette, name) => (name.includes('开衫') ? sweater(palette, name) : jacket(palette, name)),
  童裙: dress,
  积木: blocks,
  木玩: train,
  抱枕: cushion,
  毯子: blanket,
  床品: bedding,
  杯子: mug,
  餐具: plate,
  灯具: lamp,
  花瓶: vase,
  腕表: watch,
  表带: watchStrap,
  茶叶: tea,
  点心: pastry,
  茶具: gaiwan,
  香水: perfume,
  香薰: candle,
  扩香: diffuser,
  护手霜: tube,
  沐浴: pump,
}
