import {
  BODY,
  bothSides,
  box,
  type Drawing,
  dot,
  GLASS,
  GOLD,
  line,
  oval,
  placed,
  repeat,
  SIDE,
  shape,
} from './brush.ts'

export const tea: Drawing = (palette, name) => {
  const leaf = (transform: string, fill: string) =>
    placed(
      transform,
      shape('M0 0C10 -26 40 -34 62 -28C56 -6 30 12 0 0Z', fill) + line('M4 -2L48 -22', '#ffffff', 2, 'opacity=".7"'),
    )
  if (name.includes('饼'))
    return (
      dot(200, 206, 108, '#f3ecdd') +
      dot(200, 206, 108, 'url(#sheen)') +
      repeat(24, (place) =>
        placed(`rotate(${place * 15} 200 206)`, line('M200 100L194 148', palette.dark, 2, 'opacity=".35"')),
      ) +
      dot(200, 206, 58, BODY) +
      leaf('translate(172 222) scale(1.05)', palette.pale) +
      dot(200, 206, 58, 'none', `stroke="${palette.deep}" stroke-width="2"`)
    )
  const gift = name.includes('礼罐')
  return (
    shape('M128 132V300C128 312 272 312 272 300V132Z', BODY) +
    shape('M128 300C128 324 272 324 272 300Z', palette.deep) +
    shape('M236 132H272V300C272 306 256 309 236 310Z', palette.deep, 'opacity=".22"') +
    box([120, 92, 160, 52], 10, gift ? GOLD : SIDE) +
    oval(200, 96, 76, 11, '#ffffff', 'opacity=".35"') +
    box([156, 176, 88, 104], 3, '#fbf7ec') +
    box([162, 182, 76, 92], 2, 'none', `stroke="${palette.dark}" stroke-width="1.6"`) +
    leaf('translate(172 236)', palette.main) +
    leaf('translate(214 262) scale(-.7 .7)', palette.light) +
    box([138, 152, 10, 144], 5, '#ffffff', 'opacity=".35"')
  )
}

export const pastry: Drawing = (palette, name) => {
  const dish =
    oval(200, 296, 140, 22, '#ffffff') + oval(200, 292, 140, 22, '#f2efe8') + oval(200, 290, 112, 14, '#dedad0')
  const yolk = (x: number, y: number) =>
    shape(
      `M${x - 42} ${y}C${x - 46} ${y - 62} ${x + 46} ${y - 62} ${x + 42} ${y}Q${x} ${y + 16} ${x - 42} ${y}Z`,
      BODY,
    ) +
    repeat(6, (place) =>
      oval(
        x - 15 + place * 6,
        y - 36 + (place % 2) * 7,
        2.2,
        3.6,
        '#2d2320',
        `transform="rotate(${place * 35} ${x - 15 + place * 6} ${y - 34})"`,
      ),
    ) +
    line(
      `M${x - 28} ${y - 18}C${x - 24} ${y - 34} ${x - 14} ${y - 40} ${x - 6} ${y - 42}`,
      '#ffffff',
      4,
      'opacity=".55"',
    )
  const bean = (x: number, y: number) =>
    box([x - 36, y - 46, 72, 54], 9, SIDE) +
    shape(`M${x - 36} ${y - 34}L${x - 18} ${y - 60}H${x + 52}L${x + 36} ${y - 40}Z`, palette.light) +
    placed(
      `translate(${x + 8} ${y - 48}) scale(1 .5)`,
      repeat(6, (turn) => placed(`rotate(${turn * 60})`, oval(0, -11, 6, 10, palette.dark, 'opacity=".5"'))),
    )
  const piece = name.includes('绿豆') ? bean : yolk
  return (
    dish + piece(148, 244) + piece(246, 244) + piece(198, 190) + piece(116, 288) + piece(200, 292) + piece(284, 288)
  )
}

export const gaiwan: Drawing = (palette) =>
  oval(200, 304, 126, 16, palette.dark) +
  oval(200, 299, 126, 16, BODY) +
  oval(200, 297, 84, 8, palette.dark, 'opacity=".35"') +
  shape('M98 172H302C300 240 262 292 226 296H174C138 292 100 240 98 172Z', BODY) +
  shape('M230 172H302C300 240 262 292 226 296Z', palette.dark, 'opacity=".18"') +
  oval(200, 172, 104, 16, palette.light) +
  shape('M112 166C124 116 276 116 288 166Q200 190 112 166Z', SIDE) +
  box([178, 100, 44, 24], 10, BODY) +
  placed(
    'translate(200 232)',
    repeat(5, (turn) => placed(`rotate(${turn * 72})`, oval(0, -13, 8, 13, '#5b83a6'))) + dot(0, 0, 6, '#e8c98f'),
  ) +
  bothSides(line('M176 238C162 250 150 240 142 224M158 246C154 234 158 226 166 220', '#5b83a6', 4)) +
  line('M116 192C120 220 130 240 142 254', '#ffffff', 7, 'opacity=".6"') +
  bothSides(line('M178 112C182 106 190 104 196 104', GOLD, 3))

export const nutBox: Drawing = (palette) =>
  box([92, 150, 216, 166], 14, SIDE) +
  box([104, 162, 192, 142], 8, '#f7efe0') +
  repeat(6, (place) => {
    const x = 112 + (place % 3) * 60
    const y = 170 + Math.floor(place / 3) * 66
    const fill = ['#c48a52', '#e2c28a', '#8a5a3a', '#d9a05f', '#7c8f4e', '#b5563f'][place] ?? palette.main
    return (
      box([x, y, 56, 60], 6, GLASS) +
      repeat(7, (nut) =>
        oval(
          x + 13 + (nut % 3) * 15,
          y + 15 + Math.floor(nut / 3) * 15,
          9,
          7,
          fill,
          `transform="rotate(${nut * 40} ${x + 13 + (nut % 3) * 15} ${y + 15 + Math.floor(nut / 3) * 15})" stroke="#5a3a28" stroke-opacity=".35"`,
        ),
      )
    )
  })
