import {
  BODY,
  bothSides,
  box,
  type Drawing,
  dot,
  GOLD,
  line,
  onCircle,
  oval,
  placed,
  repeat,
  round,
  SIDE,
  shape,
} from './brush.ts'
import type { Palette } from './palette.ts'

/** The little thing a piece is named after, about 60 wide, centred on 0 0. */
function motif(palette: Palette, name: string): string {
  const edge = `stroke="${palette.dark}" stroke-width="1.5" stroke-linejoin="round"`
  if (name.includes('天鹅'))
    return (
      shape(
        'M-34 6C-30 34 26 38 40 -6C26 4 14 2 4 0C14 -8 24 -14 30 -24C12 -22 -4 -14 -12 -2C-20 -10 -12 -20 -12 -30C-12 -42 -28 -42 -30 -30C-25 -34 -21 -31 -22 -25C-24 -14 -35 -8 -34 6Z',
        BODY,
        edge,
      ) +
      line('M-24 12C-8 26 16 22 28 6', '#ffffff', 3, 'opacity=".8"') +
      dot(-22, -33, 1.8, palette.deep)
    )
  if (name.includes('雪花'))
    return (
      repeat(6, (turn) =>
        placed(
          `rotate(${turn * 60})`,
          line('M0 0V-32M0 -14L-9 -23M0 -14L9 -23', palette.dark, 6) +
            line('M0 0V-32M0 -14L-9 -23M0 -14L9 -23', palette.pale, 3.4) +
            dot(0, -33, 4, '#ffffff', edge),
        ),
      ) + dot(0, 0, 8, '#ffffff', edge)
    )
  if (name.includes('四叶'))
    return (
      repeat(4, (turn) =>
        placed(`rotate(${turn * 90 + 45})`, oval(0, -17, 14, 17, BODY, `stroke="url(#gold)" stroke-width="3"`)),
      ) + dot(0, 0, 5, GOLD)
    )
  if (name.includes('珍珠'))
    return (
      dot(0, 0, 27, 'url(#pearl)', edge) +
      oval(-9, -10, 9, 6, '#ffffff', 'opacity=".85" transform="rotate(-35 -9 -10)"')
    )
  if (name.includes('星'))
    return (
      shape('M0 -38Q5 -5 38 0Q5 5 0 38Q-5 5 -38 0Q-5 -5 0 -38Z', BODY, edge) +
      shape('M0 -38Q5 -5 38 0L0 0Z', '#ffffff', 'opacity=".5"')
    )
  return gem(palette)
}

/** A cut stone seen from the front. */
function gem(palette: Palette): string {
  return (
    shape('M-22 -16L-12 -27H12L22 -16L0 24Z', BODY, `stroke="${palette.dark}" stroke-width="1.5"`) +
    shape('M-22 -16H22L0 24Z', '#ffffff', 'opacity=".28"') +
    line('M-22 -16H22M-12 -27L-8 -16L0 24L8 -16L12 -27M0 -27L-8 -16M0 -27L8 -16', palette.dark, 1.2, 'opacity=".5"') +
    shape('M-12 -27L-22 -16H-8Z', '#ffffff', 'opacity=".7"')
  )
}

export const necklace: Drawing = (palette, name) =>
  line('M104 62C112 176 158 242 200 256C242 242 288 176 296 62', SIDE, 5) +
  line('M104 62C112 176 158 242 200 256C242 242 288 176 296 62', '#ffffff', 2, 'stroke-dasharray="1 7" opacity=".9"') +
  dot(200, 258, 6, 'none', `stroke="${palette.dark}" stroke-width="3"`) +
  placed('translate(200 300) scale(1.25)', motif(palette, name))

export const earrings: Drawing = (palette, name) => {
  if (name.includes('耳钉'))
    return (
      placed('translate(142 168) scale(1.55)', motif(palette, name)) +
      placed('translate(262 238) scale(1.55)', motif(palette, name))
    )
  const one = line('M0 -60C-4 -92 28 -96 26 -66', GOLD, 5) + dot(0, -58, 9, GOLD) + line('M0 -50V-4', '#c79d52', 3.5)
  const drop = one + placed('translate(0 26) scale(1.2)', motif(palette, name))
  return placed('translate(140 168)', drop) + placed('translate(256 216)', drop)
}

export const bracelet: Drawing = (palette, name) => {
  const bead = (place: number) => {
    const angle = (place / 30) * 2 * Math.PI
    const near = (1 + Math.sin(angle)) / 2
    const x = round(200 + 128 * Math.cos(angle))
    const y = round(205 + 66 * Math.sin(angle))
    return (
      dot(x, y, round(7 + 6 * near), near > 0.35 ? BODY : SIDE) +
      dot(x - 3, y - 4, round(1.5 + 1.5 * near), '#ffffff', 'opacity=".85"')
    )
  }
  const fromBack = Array.from({ length: 30 }, (_, place) => (place + 22) % 30)
  const order = fromBack.sort((a, b) => Math.sin((a / 30) * 2 * Math.PI) - Math.sin((b / 30) * 2 * Math.PI))
  return (
    order.map(bead).join('') +
    placed('translate(200 288) scale(1.05)', name.includes('细雨') ? rain(palette) : motif(palette, name))
  )
}

function rain(palette: Palette): string {
  return repeat(3, (place) =>
    placed(
      `translate(${(place - 1) * 24} ${place === 1 ? 12 : 2})`,
      shape(
        'M0 -22C10 -6 12 2 12 8A12 12 0 0 1 -12 8C-12 2 -10 -6 0 -22Z',
        BODY,
        `stroke="${palette.dark}" stroke-width="1.2"`,
      ) + oval(-4, 6, 3, 5, '#ffffff', 'opacity=".8"'),
    ),
  )
}

export const ring: Drawing = (palette, name) => {
  const band = (x: number, y: number, r: number) =>
    `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${round(r * 0.94)}" fill="none" stroke="url(#body)" stroke-width="17"/>` +
    `<ellipse cx="${x}" cy="${y}" rx="${r - 6}" ry="${round(r * 0.94) - 6}" fill="none" stroke="${palette.dark}" stroke-width="2" opacity=".45"/>` +
    line(`M${x - r} ${y - 12}A${r} ${r} 0 0 1 ${x - r * 0.35} ${round(y - r * 0.88)}`, '#ffffff', 5, 'opacity=".75"')
  if (name.includes('对戒'))
    return (
      band(158, 224, 78) +
      band(252, 232, 66) +
      [0.93, 0.97, 0.01, 0.05]
        .map((turn) => onCircle(252, 232, 66, turn))
        .map(([x, y]) => dot(x, y, 5, '#ffffff', `stroke="${palette.dark}"`))
        .join('')
    )
  return (
    band(200, 236, 80) +
    bothSides(shape('M180 158L172 130L184 126L196 152Z', SIDE)) +
    placed('translate(200 118) scale(2.1)', gem(palette))
  )
}

export const giftBox: Drawing = (palette) =>
  box([104, 196, 192, 122], 6, BODY) +
  shape('M200 196H296V312Q296 318 290 318H200Z', palette.deep, 'opacity=".14"') +
  box([94, 160, 212, 44], 6, SIDE) +
  box([94, 160, 212, 8], 4, '#ffffff', 'opacity=".25"') +
  box([184, 160, 32, 158], 0, GOLD) +
  bothSides(
    shape('M200 160C168 158 132 142 138 116C146 92 190 116 200 158Z', GOLD) +
      shape('M196 154C178 148 154 138 156 124C160 114 184 128 196 154Z', palette.deep, 'opacity=".35"'),
  ) +
  box([188, 144, 24, 24], 7, GOLD)
