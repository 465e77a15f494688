import { BODY, box, type Drawing, dot, line, oval, placed, repeat, SIDE, shape } from './brush.ts'

export const cushion: Drawing = (palette, name) =>
  shape('M84 108C150 128 250 128 316 108C302 170 302 246 318 314C250 296 150 296 82 314C98 246 98 170 84 108Z', BODY) +
  line(
    'M92 116C152 134 248 134 308 116C296 172 296 244 310 306C248 290 152 290 90 306C104 244 104 172 92 116Z',
    palette.pale,
    2.4,
    'stroke-dasharray="7 5" opacity=".75"',
  ) +
  line(
    'M110 136C124 150 132 160 136 172M290 136C276 150 268 160 264 172M112 290C126 276 132 268 138 256M288 290C274 276 268 268 262 256',
    palette.dark,
    3,
    'opacity=".45"',
  ) +
  (name.includes('山')
    ? shape('M128 256L176 178L204 220L228 188L274 256Z', palette.pale, 'opacity=".9"') + dot(242, 164, 14, '#e8c98f')
    : name.includes('亚麻')
      ? repeat(3, (place) => line(`M150 ${190 + place * 22}H250`, palette.dark, 3, 'opacity=".35"'))
      : line('M130 214C170 190 230 238 270 208', '#ffffff', 8, 'opacity=".6"'))

export const blanket: Drawing = (palette) =>
  repeat(3, (place) => {
    const y = 262 - place * 52
    return (
      box([88, y, 224, 56], 26, place % 2 ? SIDE : BODY) +
      line(`M112 ${y + 28}H296`, palette.deep, 2, 'opacity=".35"') +
      repeat(9, (fringe) =>
        line(`M${308 + (fringe % 2) * 2} ${y + 8 + fringe * 5}H${326 + (fringe % 3) * 3}`, palette.dark, 2.4),
      )
    )
  }) + repeat(5, (place) => line(`M${118 + place * 38} 162L${102 + place * 38} 210`, palette.light, 7, 'opacity=".6"'))

export const bedding: Drawing = (palette) =>
  box([78, 266, 244, 50], 22, SIDE) +
  line('M100 291H308', palette.deep, 2, 'opacity=".35"') +
  box([86, 220, 228, 50], 22, BODY) +
  line('M108 245H300', palette.deep, 2, 'opacity=".35"') +
  shape(
    'M110 214C96 176 102 140 118 128C170 112 232 112 284 128C300 140 304 178 290 214C240 228 160 228 110 214Z',
    palette.pale,
  ) +
  line(
    'M120 206C112 176 114 150 124 140C172 126 230 126 278 140C286 152 288 180 280 206',
    palette.main,
    3,
    'stroke-dasharray="7 5"',
  ) +
  line('M150 176C180 164 220 186 250 170', palette.light, 6, 'opacity=".9"')

export const mug: Drawing = (palette, name) => {
  if (name.includes('旅行'))
    return (
      shape('M140 132H260L246 304Q244 318 230 318H170Q156 318 154 304Z', BODY) +
      box([150, 196, 102, 58], 6, palette.deep, 'opacity=".55"') +
      box([130, 104, 140, 34], 10, palette.deep) +
      box([206, 90, 34, 18], 6, palette.dark) +
      shape('M156 146H174L182 306H170Z', '#ffffff', 'opacity=".35"')
    )
  return (
    line('M168 108C158 92 180 84 170 66M204 108C194 92 216 84 206 66', '#ffffff', 6, 'opacity=".85"') +
    line('M262 184C326 172 322 272 256 266', palette.dark, 20) +
    shape('M104 146H270V268Q270 318 220 318H154Q104 318 104 268Z', BODY) +
    oval(187, 146, 83, 18, palette.dark) +
    oval(187, 149, 74, 13, '#5a3a28') +
    shape('M104 236C150 222 220 256 270 234V262C220 280 150 246 104 262Z', palette.pale, 'opacity=".75"') +
    box([118, 172, 12, 112], 6, '#ffffff', 'opacity=".4"')
  )
}

export const plate: Drawing = (palette) =>
  oval(200, 302, 128, 20, palette.deep) +
  oval(200, 280, 132, 22, SIDE) +
  oval(200, 262, 132, 22, palette.deep, 'opacity=".6"') +
  dot(200, 186, 112, BODY) +
  dot(200, 186, 84, palette.light, 'opacity=".8"') +
  dot(200, 186, 84, 'none', `stroke="${palette.dark}" stroke-width="2" opacity=".5"`) +
  repeat(16, (place) =>
    placed(`rotate(${place * 22.5} 200 186)`, line('M200 82L196 96', palette.deep, 3, 'opacity=".4"')),
  ) +
  line('M160 214C160 180 196 150 240 152C240 190 204 220 160 214ZM166 210L226 164', palette.dark, 4)

export const lamp: Drawing = (palette, name) => {
  if (name.includes('落地'))
    return (
      `<circle cx="128" cy="196" r="104" fill="url(#glow)"/>` +
      line('M262 308V128C262 62 150 58 134 116', palette.main, 8) +
      oval(262, 312, 62, 10, palette.deep) +
      shape('M92 178C94 122 176 122 178 178Z', palette.main) +
      oval(135, 178, 43, 9, '#fff2c9')
    )
  return (
    `<circle cx="200" cy="206" r="150" fill="url(#glow)"/>` +
    shape('M176 190H224L236 292H164Z', palette.pale) +
    oval(200, 302, 62, 15, SIDE) +
    shape('M86 196C92 76 308 76 314 196Q200 226 86 196Z', BODY) +
    oval(200, 198, 112, 15, '#fff3d0') +
    line('M118 164C130 128 158 112 184 106', '#ffffff', 8, 'opacity=".6"')
  )
}

export const vase: Drawing = (palette) =>
  line(
    'M204 160C196 116 214 84 236 54M206 130C190 108 176 98 158 92M214 100C232 96 248 98 262 92M200 150C182 140 164 140 148 146',
    '#7b8a6a',
    4,
  ) +
  [
    [236, 54],
    [158, 92],
    [262, 92],
    [148, 146],
    [220, 78],
  ]
    .map(([x = 0, y = 0]) =>
      placed(
        `translate(${x} ${y})`,
        repeat(5, (turn) => placed(`rotate(${turn * 72})`, oval(0, -9, 6, 9, '#e6b3a7'))) + dot(0, 0, 4, '#d98b5f'),
      ),
    )
    .join('') +
  shape(
    'M176 156H224C226 190 268 206 268 254C268 296 240 318 200 318C160 318 132 296 132 254C132 206 174 190 176 156Z',
    BODY,
  ) +
  oval(200, 156, 24, 6, palette.deep) +
  line('M148 250C150 222 166 208 178 198', '#ffffff', 9, 'opacity=".55"') +
  line('M138 270C170 284 230 284 262 270', palette.dark, 3, 'opacity=".4"')
