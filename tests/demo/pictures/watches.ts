import {
  BODY,
  box,
  type Drawing,
  dot,
  GOLD,
  line,
  onCircle,
  placed,
  repeat,
  round,
  SIDE,
  SILVER,
  shape,
} from './brush.ts'
import type { Palette } from './palette.ts'

const strapFor = (palette: Palette, width: number, fill: string) =>
  shape(`M${200 - width} 140L${200 - width + 6} 38H${200 + width - 6}L${200 + width} 140Z`, fill) +
  shape(`M${200 - width} 280L${200 - width + 6} 376H${200 + width - 6}L${200 + width} 280Z`, fill) +
  line(
    `M${200 - width + 8} 136L${200 - width + 12} 44M${200 + width - 8} 136L${200 + width - 12} 44M${200 - width + 8} 284L${200 - width + 12} 370M${200 + width - 8} 284L${200 + width - 12} 370`,
    palette.pale,
    1.5,
    'stroke-dasharray="5 4" opacity=".6"',
  )

const hands = (palette: Palette, colour: string) =>
  line('M200 210L172 176', colour, 6) +
  line('M200 210L238 158', colour, 4) +
  line('M200 210L206 256', '#c9584c', 1.8) +
  dot(200, 210, 5, palette.deep)

const marks = (radius: number, colour: string) =>
  repeat(12, (place) => {
    const [x, y] = onCircle(200, 210, radius, place / 12)
    const [x2, y2] = onCircle(200, 210, radius - (place % 3 ? 6 : 11), place / 12)
    return line(`M${x} ${y}L${x2} ${y2}`, colour, place % 3 ? 2 : 4)
  })

export const watch: Drawing = (palette, name) => {
  if (name.includes('对表'))
    return (
      placed('translate(-64 18) scale(.86)', one(palette, '极简')) +
      placed('translate(122 64) scale(.72)', one({ ...palette, main: '#e8d9c8' }, '玫瑰金'))
    )
  return one(palette, name)
}

function one(palette: Palette, name: string): string {
  const rose = name.includes('玫瑰金')
  const metal = rose ? 'url(#rose)' : /小方盘/.test(name) ? GOLD : SILVER
  const leather = /皮带|月相|极简/.test(name) ? '#6a452f' : palette.deep
  const strap = strapFor(palette, 44, name.includes('潜水') || rose || name.includes('计时') ? metal : leather)
  const dialIsLight = /极简|小方盘|玫瑰金|皮带/.test(name)
  const dial = dialIsLight ? '#fbf8f2' : BODY
  const ink = dialIsLight ? '#3b3a40' : '#f2f4f8'
  if (name.includes('小方盘'))
    return (
      strap +
      box([128, 138, 144, 144], 24, metal) +
      box([142, 152, 116, 116], 14, dial) +
      marks(50, ink) +
      hands(palette, ink) +
      box([272, 200, 12, 20], 4, metal)
    )
  return (
    strap +
    box([284, 198, 16, 24], 5, metal) +
    dot(200, 210, 90, metal) +
    (name.includes('潜水')
      ? dot(200, 210, 84, palette.deep) +
        repeat(30, (place) => {
          const [x, y] = onCircle(200, 210, 77, place / 30)
          return dot(x, y, place % 5 ? 1.5 : 3.4, '#f2f4f8')
        })
      : '') +
    dot(200, 210, name.includes('潜水') ? 68 : 76, dial) +
    marks(name.includes('潜水') ? 62 : 69, ink) +
    dials(palette, name, ink) +
    hands(palette, ink) +
    line('M142 176A70 70 0 0 1 176 144', '#ffffff', 7, 'opacity=".35"')
  )
}

function dials(palette: Palette, name: string, ink: string): string {
  if (name.includes('月相'))
    return (
      dot(200, 246, 22, '#16203a') +
      dot(204, 246, 13, '#f0d48a') +
      dot(210, 242, 12, '#16203a') +
      dot(188, 238, 1.6, '#ffffff') +
      dot(190, 254, 1.6, '#ffffff')
    )
  if (name.includes('计时'))
    return [
      [172, 210],
      [228, 210],
      [200, 242],
    ]
      .map(
        ([x = 0, y = 0]) =>
          dot(x, y, 16, palette.deep, `stroke="${ink}" stroke-width="1.4"`) +
          line(`M${x} ${y}L${x + 6} ${y - 8}`, ink, 2),
      )
      .join('')
  return ''
}

export const watchStrap: Drawing = (palette) => {
  const piece = (length: number) =>
    shape(`M-30 0H30L24 ${length - 20}Q22 ${length} 0 ${length}Q-22 ${length} -24 ${length - 20}Z`, BODY) +
    line(`M-22 8L-17 ${length - 22}M22 8L17 ${length - 22}`, palette.pale, 1.8, 'stroke-dasharray="6 4" opacity=".7"')
  return (
    placed(
      'translate(146 84) rotate(6)',
      piece(232) +
        repeat(5, (place) => dot(0, round(120 + place * 20), 4.5, palette.deep)) +
        box([-30, -8, 60, 12], 4, SIDE),
    ) +
    placed(
      'translate(262 108) rotate(-8)',
      piece(178) +
        box([-32, 66, 64, 14], 5, palette.deep) +
        box([-36, -22, 72, 34], 8, 'none', 'stroke="url(#silver)" stroke-width="8"') +
        line('M0 -20V14', SILVER, 5),
    )
  )
}
