import { BODY, bothSides, box, type Drawing, dot, GOLD, line, placed, repeat, SIDE, shape } from './brush.ts'

export const shoulderBag: Drawing = (palette, name) => {
  const chain = name.includes('链条')
  const strap = chain
    ? line('M124 196C116 40 284 40 276 196', GOLD, 9, 'stroke-dasharray="4 12"') +
      line('M124 196C116 40 284 40 276 196', GOLD, 3)
    : line('M122 200C112 52 288 52 278 200', palette.dark, 13)
  const puffy = name.includes('云朵')
  const saddle = name.includes('马鞍')
  const body = saddle
    ? shape('M108 192H292C300 250 284 318 200 318C116 318 100 250 108 192Z', BODY) +
      shape('M102 186H298C298 246 262 266 200 266C138 266 102 246 102 186Z', SIDE)
    : puffy
      ? shape(
          'M116 196C150 180 250 180 284 196C312 220 312 300 284 314C250 322 150 322 116 314C88 300 88 220 116 196Z',
          BODY,
        ) +
        line('M104 250C140 236 170 262 200 246C230 232 262 258 298 244', palette.dark, 3, 'opacity=".45"') +
        line('M118 290C150 278 176 298 204 286C232 274 256 294 284 284', palette.dark, 3, 'opacity=".45"')
      : box([100, 186, 200, 132], 14, BODY) +
        shape('M100 196Q100 182 114 182H286Q300 182 300 196V244L200 276L100 244Z', SIDE)
  const stitches =
    saddle || puffy ? '' : line('M108 240L200 268L292 240', palette.pale, 1.6, 'stroke-dasharray="5 4" opacity=".6"')
  return (
    strap +
    body +
    stitches +
    line('M118 202H282', '#ffffff', 5, 'opacity=".18"') +
    box([184, saddle ? 250 : 254, 32, 26], 6, GOLD) +
    dot(200, saddle ? 263 : 267, 4, palette.deep)
  )
}

export const tote: Drawing = (palette, name) =>
  bothSides(line('M146 178C140 62 200 62 200 64', palette.dark, 11)) +
  shape('M112 172H288L304 308Q304 318 294 318H106Q96 318 96 308Z', BODY) +
  shape('M200 172H288L304 308Q304 318 294 318H200Z', palette.deep, 'opacity=".1"') +
  shape('M112 172H288L291 196H109Z', SIDE) +
  bothSides(line('M148 172L142 226', palette.dark, 11) + dot(142, 222, 3, GOLD)) +
  line('M106 306H294', palette.pale, 1.8, 'stroke-dasharray="6 4" opacity=".7"') +
  (name.includes('帆布')
    ? line('M170 276C170 250 188 240 200 262C212 240 230 250 230 276M186 254L176 236M214 254L224 236', palette.deep, 4)
    : box([176, 236, 48, 28], 4, palette.dark) + line('M186 250H214', GOLD, 3))

export const backpack: Drawing = (palette, name) =>
  line('M172 92C172 58 228 58 228 92', palette.deep, 10) +
  bothSides(shape('M128 158C100 176 96 260 108 298L126 296V160Z', palette.deep)) +
  shape('M120 166C120 62 280 62 280 166V298Q280 318 260 318H140Q120 318 120 298Z', BODY) +
  line('M136 172C138 92 262 92 264 172', palette.dark, 4) +
  box([222, 132, 8, 28], 4, GOLD) +
  shape('M140 214H260V288Q260 304 244 304H156Q140 304 140 288Z', SIDE) +
  line('M148 226H252', palette.deep, 4) +
  box([196, 222, 8, 24], 4, GOLD) +
  (name.includes('星空')
    ? [
        [160, 150, 8],
        [238, 180, 6],
        [200, 132, 10],
        [176, 262, 9],
        [230, 272, 7],
      ]
        .map(([x = 0, y = 0, r = 0]) =>
          placed(
            `translate(${x} ${y})`,
            shape(`M0 ${-r}Q1.5 -1.5 ${r} 0Q1.5 1.5 0 ${r}Q-1.5 1.5 ${-r} 0Q-1.5 -1.5 0 ${-r}Z`, '#ffe08a'),
          ),
        )
        .join('')
    : line('M150 130C158 110 176 102 190 100', '#ffffff', 5, 'opacity=".35"'))

export const wallet: Drawing = (palette, name) => {
  if (name.includes('护照'))
    return placed(
      'rotate(-7 200 210)',
      box([180, 92, 92, 60], 5, '#f7efe0') +
        box([130, 110, 150, 206], 12, BODY) +
        box([130, 110, 22, 206], 10, palette.deep, 'opacity=".4"') +
        line('M160 124H268V302H160', palette.pale, 1.8, 'stroke-dasharray="6 4" opacity=".7"') +
        dot(212, 196, 26, 'none', `stroke="${palette.pale}" stroke-width="3" opacity=".8"`) +
        line('M186 196H238M212 170C196 186 196 206 212 222C228 206 228 186 212 170', palette.pale, 2.4, 'opacity=".8"'),
    )
  const left = name.includes('长款') ? 76 : 104
  const width = 400 - 2 * left
  return placed(
    'rotate(-5 200 220)',
    box([left + 22, 150, width - 60, 60], 5, '#e8c98f') +
      box([left + 14, 162, width - 60, 60], 5, '#8fb0b5') +
      box([left, 178, width, 134], 14, BODY) +
      shape(
        `M${left} 214Q${left} 178 ${left + 14} 178H${400 - left - 14}Q${400 - left} 178 ${400 - left} 192V214Z`,
        palette.dark,
        'opacity=".35"',
      ) +
      box(
        [left + 8, 186, width - 16, 118],
        9,
        'none',
        `stroke="${palette.pale}" stroke-width="1.8" stroke-dasharray="6 4" opacity=".6"`,
      ) +
      shape(
        `M${400 - left} 224H${400 - left - 54}Q${400 - left - 70} 244 ${400 - left - 54} 264H${400 - left}Z`,
        SIDE,
      ) +
      dot(400 - left - 46, 244, 9, GOLD),
  )
}

export const clutch: Drawing = (palette) =>
  line('M104 186C60 232 92 300 128 330', GOLD, 4, 'stroke-dasharray="3 6"') +
  shape('M104 186H296L308 304Q308 314 298 314H102Q92 314 92 304Z', BODY) +
  repeat(7, (row) =>
    repeat(12, (place) => dot(112 + place * 16 + (row % 2) * 8, 212 + row * 14, 2.4, '#fff6dd', 'opacity=".7"')),
  ) +
  box([96, 170, 208, 24], 10, GOLD) +
  dot(192, 164, 11, 'url(#pearl)') +
  dot(209, 160, 11, 'url(#pearl)') +
  line('M112 180H288', palette.deep, 1.6, 'opacity=".4"')
