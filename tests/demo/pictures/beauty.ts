import {
  BODY,
  box,
  type Drawing,
  dot,
  GLASS,
  GOLD,
  line,
  oval,
  placed,
  repeat,
  round,
  SIDE,
  SILVER,
  shape,
} from './brush.ts'
import { mix } from './palette.ts'

const shine = (x: number, y: number, width: number, height: number) =>
  box([x, y, width, height], width / 2, '#ffffff', 'opacity=".42"')

export const lipstick: Drawing = (palette, name) => {
  if (name.includes('唇釉')) {
    const gloss =
      box([-30, -40, 60, 130], 14, BODY) +
      box([-22, -32, 44, 114], 9, palette.light, 'opacity=".35"') +
      shine(-20, -26, 9, 96) +
      box([-26, -58, 52, 22], 3, GOLD) +
      box([-27, -172, 54, 116], 10, palette.deep) +
      shine(-17, -162, 7, 92)
    return placed('translate(160 226) rotate(-7)', gloss) + placed('translate(262 240) rotate(12) scale(.86)', gloss)
  }
  return (
    box([124, 212, 72, 106], 6, palette.deep) +
    shine(134, 222, 9, 86) +
    box([130, 168, 60, 48], 3, GOLD) +
    shape('M138 168V108C138 92 168 70 180 76C184 80 182 98 182 112V168Z', BODY) +
    shape(
      'M146 164V112C148 98 162 86 172 84',
      'none',
      'stroke="#ffffff" stroke-width="5" opacity=".45" stroke-linecap="round"',
    ) +
    placed(
      'rotate(9 262 260)',
      box([224, 206, 74, 112], 8, palette.deep) + box([224, 206, 74, 12], 5, GOLD) + shine(234, 226, 9, 82),
    )
  )
}

export const pump: Drawing = (palette) =>
  box([132, 158, 136, 160], 26, BODY) +
  box([146, 176, 108, 128], 16, '#ffffff', 'opacity=".16"') +
  shine(146, 178, 11, 118) +
  box([166, 212, 68, 62], 4, '#ffffff', 'opacity=".82"') +
  line('M180 232H220M186 246H214M192 258H208', palette.dark, 3) +
  box([176, 132, 48, 30], 5, SILVER) +
  box([190, 104, 20, 32], 3, SILVER) +
  shape('M160 84H232Q242 84 242 94V106H172Q146 106 140 120L130 116Q138 86 160 84Z', palette.deep)

export const tube: Drawing = (palette) =>
  placed(
    'rotate(-6 200 200)',
    shape('M134 74H266L244 276H156Z', BODY) +
      box([130, 64, 140, 22], 4, palette.dark) +
      line('M140 75H260', '#ffffff', 2, 'stroke-dasharray="2 5" opacity=".5"') +
      shape('M150 92H172L178 268H168Z', '#ffffff', 'opacity=".35"') +
      shape('M176 132H232L226 218H182Z', '#ffffff', 'opacity=".8"') +
      line('M188 156H220M190 172H218M194 188H214', palette.dark, 3) +
      box([158, 276, 84, 42], 7, palette.deep) +
      repeat(7, (place) => line(`M${169 + place * 10.4} 284V310`, palette.dark, 2)),
  )

export const dropper: Drawing = (palette) =>
  shape('M136 212C136 190 170 190 174 172H226C230 190 264 190 264 212V300Q264 318 246 318H154Q136 318 136 300Z', BODY) +
  shape('M146 232H254V298Q254 308 244 308H156Q146 308 146 298Z', palette.dark, 'opacity=".35"') +
  shine(148, 212, 12, 88) +
  box([174, 236, 60, 54], 4, '#ffffff', 'opacity=".86"') +
  line('M188 254H220M192 268H216', palette.dark, 3) +
  box([170, 142, 60, 34], 5, GOLD) +
  shape('M180 142V98C180 70 220 70 220 98V142Z', palette.deep) +
  line('M190 132V100C190 90 194 86 198 84', '#ffffff', 4, 'opacity=".4"')

export const jar: Drawing = (palette) =>
  box([112, 216, 176, 102], 26, GLASS) +
  box([126, 224, 148, 82], 18, BODY) +
  shine(134, 232, 11, 62) +
  box([168, 250, 64, 34], 3, '#ffffff', 'opacity=".85"') +
  line('M180 262H220M188 272H212', palette.dark, 2.5) +
  box([106, 158, 188, 66], 12, SILVER) +
  box([106, 158, 188, 16], 8, '#ffffff', 'opacity=".55"') +
  line('M118 214H282', palette.deep, 1.5, 'opacity=".35"')

export const eyeshadow: Drawing = (palette) => {
  const pans = [palette.light, palette.main, mix(palette.main, '#b24a52', 0.5), palette.deep]
  const pan = (place: number) => {
    const x = 128 + (place % 2) * 76
    const y = 212 + Math.floor(place / 2) * 50
    const fill = pans[place] ?? palette.main
    return (
      box([x, y, 68, 42], 6, fill) +
      shape(`M${x + 6} ${y + 36}L${x + 40} ${y + 4}H${x + 56}L${x + 22} ${y + 38}Z`, '#ffffff', 'opacity=".22"')
    )
  }
  return (
    shape('M122 92H278Q290 92 290 104V192H110V104Q110 92 122 92Z', palette.deep) +
    shape('M130 104H270Q278 104 278 112V184H122V112Q122 104 130 104Z', GLASS) +
    shape('M150 184L210 104H236L176 184Z', '#ffffff', 'opacity=".5"') +
    box([106, 192, 188, 126], 12, SIDE) +
    box([116, 202, 168, 108], 8, palette.deep) +
    repeat(4, pan)
  )
}

export const perfume: Drawing = (palette, name) => {
  const isRound = name.includes('无花果') || name.includes('橙花')
  const flask = isRound
    ? dot(200, 232, 88, GLASS) + dot(200, 234, 74, BODY)
    : box([122, 156, 156, 162], 16, GLASS) + box([136, 170, 128, 134], 8, BODY)
  const gleam = isRound
    ? line('M140 226A62 62 0 0 1 172 180', '#ffffff', 9, 'opacity=".6"')
    : shape('M142 176H166V298H142Z', '#ffffff', 'opacity=".35"')
  return (
    flask +
    gleam +
    box([170, 218, 60, 44], 2, '#ffffff', 'opacity=".88"') +
    line('M182 234H218M190 247H210', palette.dark, 2.5) +
    box([180, 126, 40, isRound ? 26 : 32], 3, GOLD) +
    box([166, 70, 68, 60], isRound ? 28 : 6, palette.deep) +
    shine(176, 80, 8, 40)
  )
}

export const candle: Drawing = (palette) =>
  `<circle cx="200" cy="112" r="92" fill="url(#glow)"/>` +
  box([122, 168, 156, 150], 16, GLASS) +
  shape('M130 196H270V300Q270 310 260 310H140Q130 310 130 300Z', BODY) +
  oval(200, 196, 70, 12, palette.light) +
  line('M200 194V166', palette.deep, 4) +
  shape('M200 168C184 152 190 130 201 110C212 130 218 152 200 168Z', '#f7b94c') +
  shape('M200 166C192 156 196 144 201 132C206 146 208 156 200 166Z', '#fff2c9') +
  shine(138, 182, 10, 118) +
  box([162, 224, 76, 58], 3, '#ffffff', 'opacity=".88"') +
  line('M178 244H222M186 260H214', palette.dark, 3)

export const diffuser: Drawing = (palette) =>
  [-26, -13, 2, 15, 27]
    .map((lean) => line(`M200 190L${round(200 + lean * 2.6)} ${62 + Math.abs(lean)}`, palette.dark, 4.5))
    .join('') +
  shape(
    'M168 186H232V206C252 212 266 226 266 246V300Q266 318 248 318H152Q134 318 134 300V246C134 226 148 212 168 206Z',
    GLASS,
  ) +
  shape('M144 250H256V298Q256 309 245 309H155Q144 309 144 298Z', BODY) +
  box([164, 172, 72, 22], 4, GOLD) +
  shine(146, 240, 10, 62) +
  box([170, 250, 60, 42], 2, '#ffffff', 'opacity=".88"') +
  line('M182 265H218M190 278H210', palette.dark, 2.5)
