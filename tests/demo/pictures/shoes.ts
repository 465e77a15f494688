import { BODY, box, type Drawing, dot, GOLD, line, oval, placed, repeat, SIDE, shape } from './brush.ts'

export const heel: Drawing = (palette, name) => {
  const low = name.includes('中跟')
  const foot = low
    ? 'M298 214C300 250 300 280 300 318H270C272 292 266 268 254 258'
    : 'M298 194C302 232 298 276 296 318H284C282 276 272 250 250 246'
  const top = low ? 184 : 158
  return (
    shape(
      `M84 288C84 272 112 266 138 252C170 232 200 ${top + 44} 232 ${top + 12}C254 ${top - 4} 284 ${top - 8} 296 ${top + 8}Q300 ${top + 18} ${foot.slice(1)}C222 266 194 298 156 304C122 308 84 304 84 288Z`,
      BODY,
    ) +
    shape(
      `M142 256C176 246 214 ${top + 66} 240 ${top + 34}C258 ${top + 16} 282 ${top + 12} 294 ${top + 12}C284 ${top - 6} 254 ${top - 4} 232 ${top + 12}C200 ${top + 44} 172 232 142 256Z`,
      palette.deep,
    ) +
    line(`M92 284C118 276 150 262 176 244`, '#ffffff', 5, 'opacity=".45"') +
    line(`M86 294C122 304 176 300 252 ${low ? 260 : 250}`, palette.deep, 5)
  )
}

export const flat: Drawing = (palette, name) =>
  shape(
    'M72 278C76 250 116 240 152 236C190 232 236 226 280 190C300 176 318 188 322 216C326 246 326 280 318 304H100C80 304 70 296 72 278Z',
    BODY,
  ) +
  shape(
    'M152 240C196 236 242 228 284 192C296 184 308 188 312 202C296 232 240 258 176 258C156 258 142 250 152 240Z',
    palette.deep,
  ) +
  line('M86 276C100 262 122 254 138 252', '#ffffff', 6, 'opacity=".5"') +
  box([84, 302, 240, 12], 6, palette.deep) +
  (name.includes('玛丽珍')
    ? line('M196 262C214 232 232 214 246 196', SIDE, 15) + dot(248, 200, 8, GOLD)
    : placed('translate(148 246)', bothBows(palette.dark)))

function bothBows(colour: string): string {
  const wing = 'M0 0C-12 -16 -28 -12 -24 2C-28 14 -12 14 0 0Z'
  return shape(wing, colour) + placed('scale(-1 1)', shape(wing, colour)) + dot(0, 0, 5, colour)
}

export const loafer: Drawing = (palette, name) =>
  shape(
    'M64 276C70 244 118 236 150 216C176 200 210 186 240 184C262 182 296 176 312 182C328 190 326 240 324 292H80C66 292 62 288 64 276Z',
    BODY,
  ) +
  shape('M206 192C236 184 292 180 312 184C316 202 300 214 276 218C246 224 214 216 206 192Z', palette.deep) +
  line('M78 268C90 246 128 246 156 226', '#ffffff', 5, 'opacity=".4"') +
  line('M100 254C140 246 176 262 196 234', palette.deep, 2.6, 'stroke-dasharray="6 4"') +
  shape('M164 208C184 196 200 192 212 190L240 270L206 288C204 256 190 226 164 208Z', SIDE) +
  box([70, 290, 256, 14], 6, palette.deep) +
  box([264, 300, 62, 18], 4, palette.deep) +
  (name.includes('流苏')
    ? placed(
        'translate(196 232) rotate(-18)',
        dot(0, 0, 6, GOLD) + repeat(5, (place) => line(`M0 4L${-12 + place * 6} 34`, palette.deep, 4)),
      )
    : box([188, 222, 30, 9], 3, GOLD, 'transform="rotate(-22 203 226)"'))

export const boot: Drawing = (palette, name) =>
  shape('M176 84H288C292 150 290 220 296 292H84C74 268 96 250 130 242C162 234 180 214 180 178Z', BODY) +
  oval(232, 86, 56, 11, palette.deep) +
  line('M94 274C104 258 134 256 156 246', '#ffffff', 6, 'opacity=".35"') +
  (name.includes('切尔西')
    ? shape('M206 110H258L248 206Q232 222 214 206Z', palette.deep) +
      repeat(8, (place) => line(`M${211 + place * 6} 116V206`, palette.main, 2, 'opacity=".55"'))
    : repeat(6, (place) =>
        line(
          `M178 ${124 + place * 18 - 6}L206 ${118 + place * 18}M178 ${118 + place * 18 + 8}L206 ${126 + place * 18 - 12}`,
          palette.pale,
          4,
        ),
      ) + line('M210 100V226', palette.dark, 2.5)) +
  line('M262 84V66C262 56 278 56 278 66V84', palette.dark, 5) +
  box([78, 290, 222, 14], 5, palette.deep) +
  box([232, 300, 68, 18], 4, palette.deep)

export const sneaker: Drawing = (palette, name) => {
  const racer = name.includes('碳板')
  return (
    shape(
      'M72 258C84 238 128 232 158 206C178 188 196 172 214 168C222 186 250 190 268 172C280 160 296 166 304 182C312 208 318 236 318 268H72Z',
      BODY,
    ) +
    shape('M214 168C222 186 250 190 268 172C280 160 292 164 300 174C280 206 228 208 206 176Z', palette.deep) +
    line('M150 214L182 240M166 200L200 228M182 186L218 216', '#ffffff', 6) +
    shape('M196 262C226 250 262 226 300 214L304 232C270 238 236 252 222 264Z', palette.light) +
    shape('M72 258C92 246 118 244 134 262L132 270H70Z', SIDE) +
    shape(
      `M62 ${racer ? 264 : 268}C120 274 250 276 326 ${racer ? 250 : 262}C336 284 330 ${racer ? 308 : 316} 316 318H108C76 318 58 296 62 268Z`,
      '#fbfaf7',
    ) +
    shape(
      'M66 292C120 306 250 300 330 290C330 308 324 316 316 318H108C84 318 72 306 66 292Z',
      racer ? palette.main : palette.light,
    ) +
    line('M92 290H312', palette.dark, 1.5, 'opacity=".35"')
  )
}
