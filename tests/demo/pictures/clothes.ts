import { BODY, bothSides, box, type Drawing, dot, GOLD, line, repeat, SIDE, shape } from './brush.ts'
import { cloth, hanger } from './cloth.ts'
import type { Palette } from './palette.ts'

const knit = (palette: Palette, cable: boolean) =>
  repeat(24, (place) =>
    line(
      `M${80 + place * 10} 90V330`,
      palette.dark,
      cable ? 2.5 : 1.2,
      `opacity=".22"${cable ? ' stroke-dasharray="9 5"' : ''}`,
    ),
  )

const florals = repeat(42, (place) => {
  const x = 112 + ((place * 53) % 180)
  const y = 112 + ((place * 37) % 210)
  return dot(x, y, 5, '#f6e3da', 'opacity=".9"') + dot(x + 6, y + 5, 3, '#e9b9a9') + dot(x, y, 1.8, '#b0784f')
})

export const shirt: Drawing = (palette) => {
  const half = 'M200 112L176 94C156 102 140 108 130 120L92 232L122 244L146 190L142 314H200Z'
  return (
    hanger +
    bothSides(
      shape(half, BODY, `stroke="${palette.dark}" stroke-width="1.2" stroke-opacity=".5"`) +
        line('M146 190L150 146', palette.dark, 2, 'opacity=".5"') +
        line('M98 218L126 229', palette.dark, 1.6, 'opacity=".5"'),
    ) +
    shape('M178 96H222L200 124Z', palette.deep, 'opacity=".55"') +
    bothSides(shape('M200 126L176 92L160 112L184 144Z', SIDE, `stroke="${palette.dark}" stroke-width="1.2"`)) +
    line('M200 126V313M212 128V313', palette.dark, 1.3, 'opacity=".55"') +
    repeat(5, (place) => dot(206, 150 + place * 34, 3.4, palette.pale, `stroke="${palette.dark}"`)) +
    box([222, 168, 34, 38], 3, 'none', `stroke="${palette.dark}" stroke-width="1.4" opacity=".5"`)
  )
}

export const sweater: Drawing = (palette, name) => {
  const half = 'M200 118C184 118 176 110 172 98C148 104 134 114 126 132L94 276L128 284L148 206V304H200Z'
  const open = name.includes('开衫')
  return (
    bothSides(shape(half, BODY)) +
    cloth(
      'cloth',
      half,
      knit(palette, name.includes('麻花')) + box([140, 288, 120, 20], 0, palette.dark, 'opacity=".4"'),
    ) +
    bothSides(
      shape('M97 262L131 270L128 284L94 276Z', palette.dark, 'opacity=".4"') +
        line('M148 206L150 156', palette.dark, 2.5, 'opacity=".5"'),
    ) +
    (open
      ? shape('M172 98L200 186L228 98L214 94L200 150L186 94Z', palette.dark) +
        line('M200 186V303', palette.dark, 3) +
        repeat(4, (place) => dot(208, 204 + place * 27, 4.5, palette.deep))
      : line('M170 98C176 126 224 126 230 98', palette.dark, 9, 'opacity=".75"'))
  )
}

export const dress: Drawing = (palette, name) => {
  const half =
    'M200 128C188 128 180 118 178 98L164 102C160 126 156 144 150 158L160 196C146 240 122 290 108 318C140 330 172 330 200 330Z'
  return (
    bothSides(shape(half, BODY)) +
    (name.includes('碎花') ? cloth('cloth', half, florals) : '') +
    bothSides(
      line('M188 208C180 250 166 296 154 324M172 206C160 250 142 292 130 322', palette.dark, 1.8, 'opacity=".45"'),
    ) +
    bothSides(shape('M164 102C146 106 134 118 126 140L150 158C156 144 160 126 164 102Z', SIDE)) +
    shape('M160 190H240V204H160Z', palette.deep, 'opacity=".75"') +
    (name.includes('公主')
      ? bothSides(shape('M200 197C184 178 168 184 172 197C168 210 184 214 200 197Z', palette.light)) +
        dot(200, 197, 6, GOLD)
      : '') +
    line('M178 98C180 118 188 130 200 130C212 130 220 118 222 98', palette.dark, 2)
  )
}

export const skirt: Drawing = (palette) =>
  shape('M150 112H250C258 180 282 262 300 306Q200 334 100 306C118 262 142 180 150 112Z', BODY) +
  repeat(9, (place) => {
    const top = 156 + place * 11
    const bottom = 112 + place * 22
    return shape(
      `M${top} 124L${bottom} ${318 - Math.abs(place - 4)}L${bottom + 9} ${318 - Math.abs(place - 4)}Z`,
      palette.dark,
      'opacity=".3"',
    )
  }) +
  box([146, 98, 108, 26], 5, SIDE) +
  box([226, 104, 14, 14], 3, GOLD)

export const trousers: Drawing = (palette, name) => {
  const slim = name.includes('瑜伽')
  const [hem, knee] = slim ? [160, 150] : [136, 140]
  const half = `M200 92H148C140 150 ${knee} 220 ${hem} 322H${hem + (slim ? 28 : 46)}L200 176Z`
  return (
    bothSides(shape(half, BODY)) +
    bothSides(
      slim
        ? line('M150 120C160 150 164 230 170 318', palette.light, 4, 'opacity=".6"')
        : line(`M174 122L${hem + 23} 318`, palette.dark, 1.8, 'opacity=".55"'),
    ) +
    box([147, 88, 106, slim ? 36 : 20], 4, SIDE) +
    (slim
      ? ''
      : line('M200 108V150Q200 160 192 164', palette.dark, 1.8) +
        dot(200, 98, 4, GOLD) +
        bothSides(line('M152 112L166 140', palette.dark, 2)))
  )
}

export const tee: Drawing = (palette) =>
  bothSides(
    shape('M200 122C184 122 174 112 170 100C146 106 126 118 112 136L86 196L124 214L144 184L140 306H200Z', BODY) +
      line('M92 184L130 202', palette.dark, 2, 'opacity=".5"'),
  ) +
  line('M168 100C176 130 224 130 232 100', palette.dark, 6, 'opacity=".7"') +
  shape('M140 240C180 220 220 262 260 236L260.4 250C220 276 180 236 139.6 256Z', palette.light, 'opacity=".8"') +
  line('M220 156L238 148L232 160L250 154', '#ffffff', 4)

export const romper: Drawing = (palette) =>
  bothSides(
    shape(
      'M200 130C184 130 174 118 172 104C152 108 138 116 130 130L104 182L134 200L148 178L146 236C142 262 136 284 130 306L168 314L186 276Q192 270 200 270Z',
      BODY,
    ) +
      shape('M134 290L173 300L168 314L130 306Z', palette.dark, 'opacity=".45"') +
      shape('M111 170L140 188L134 200L104 182Z', palette.dark, 'opacity=".45"'),
  ) +
  line('M170 104C178 136 222 136 230 104', palette.dark, 6, 'opacity=".6"') +
  repeat(3, (place) => dot(200, 152 + place * 22, 4, '#ffffff', `stroke="${palette.dark}"`)) +
  [
    [164, 170],
    [236, 190],
    [172, 224],
    [228, 240],
    [158, 266],
    [244, 150],
  ]
    .map(([x = 0, y = 0]) => dot(x, y, 6, '#e7a99a', 'opacity=".85"') + dot(x + 9, y + 3, 3.5, '#9db98a'))
    .join('')
