import { BODY, bothSides, box, type Drawing, dot, line, oval, placed, SIDE, SILVER, shape } from './brush.ts'

export const mat: Drawing = (palette) =>
  shape('M110 316H322L316 300H120Z', palette.dark) +
  shape('M128 176H300Q326 176 326 246T300 316H128Z', BODY) +
  box([190, 176, 16, 140], 0, palette.deep) +
  box([262, 176, 16, 140], 0, palette.deep) +
  oval(128, 246, 52, 70, SIDE) +
  line(
    'M128 190C96 192 90 240 98 266C108 296 150 296 156 256C160 224 134 208 122 228C112 246 122 266 134 258',
    palette.deep,
    4,
  ) +
  line('M150 190H290', '#ffffff', 6, 'opacity=".3"')

export const flask: Drawing = (palette) =>
  line('M228 92C268 92 268 140 240 140', palette.deep, 9) +
  box([164, 74, 72, 62], 12, palette.deep) +
  box([158, 128, 84, 20], 5, SILVER) +
  shape('M152 148H248Q262 152 262 176V290Q262 318 234 318H166Q138 318 138 290V176Q138 152 152 148Z', BODY) +
  box([152, 168, 14, 128], 7, '#ffffff', 'opacity=".45"') +
  shape('M138 222C180 206 220 244 262 224V246C220 266 180 228 138 246Z', palette.light, 'opacity=".85"') +
  box([138, 300, 124, 6], 0, palette.deep, 'opacity=".4"')

export const ball: Drawing = (palette) =>
  dot(200, 208, 110, BODY) +
  line('M200 98V318M90 208H310M124 128C176 170 176 246 124 288M276 128C224 170 224 246 276 288', palette.deep, 5) +
  oval(162, 150, 40, 24, '#ffffff', 'opacity=".3" transform="rotate(-35 162 150)"')

export const plush: Drawing = (palette, name) => {
  const rabbit = name.includes('兔')
  const ears = rabbit
    ? bothSides(
        placed('rotate(-10 176 120)', oval(174, 92, 18, 50, BODY) + oval(174, 96, 9, 36, '#e9b4b0', 'opacity=".8"')),
      )
    : bothSides(dot(146, 106, 28, BODY) + dot(146, 106, 15, palette.dark, 'opacity=".5"'))
  return (
    ears +
    bothSides(
      oval(134, 232, 22, 46, SIDE, 'transform="rotate(28 134 232)"') +
        oval(152, 300, 40, 24, SIDE) +
        oval(140, 300, 17, 15, palette.light),
    ) +
    oval(200, 248, 66, 68, BODY) +
    oval(200, 258, 42, 44, palette.light, 'opacity=".8"') +
    oval(200, 146, 74, 64, BODY) +
    oval(200, 168, 32, 25, palette.pale) +
    bothSides(
      dot(170, 142, 7, '#33292a') +
        dot(172.5, 139.5, 2.4, '#ffffff') +
        oval(150, 166, 12, 8, '#e59a92', 'opacity=".45"'),
    ) +
    oval(200, 157, 10, 7, '#4a3634') +
    line('M200 163V172M200 172Q190 182 182 176M200 172Q210 182 218 176', '#4a3634', 3) +
    bothSides(shape('M200 208C180 196 158 200 162 212C158 224 182 222 200 208Z', '#c2564d')) +
    dot(200, 208, 8, '#a8443d')
  )
}

export const blocks: Drawing = () => {
  const cube = (x: number, y: number, size: number, colour: string) =>
    box([x, y, size, size], 7, colour) + box([x, y, size, size], 7, 'url(#sheen)')
  return (
    cube(92, 246, 72, '#e0705c') +
    cube(164, 246, 72, '#f0b64d') +
    cube(236, 246, 72, '#6aa5c9') +
    shape('M128 246V210A36 36 0 0 1 200 210V246H182V212A18 18 0 0 0 146 212V246Z', '#7fb27a') +
    cube(204, 178, 68, '#9a86c4') +
    shape('M198 178L238 108L278 178Z', '#e58f9e') +
    shape('M238 108L278 178H238Z', '#1d1a26', 'opacity=".1"') +
    dot(272, 282, 15, '#ffffff', 'opacity=".35"') +
    dot(128, 282, 15, '#ffffff', 'opacity=".35"') +
    placed('translate(164 142) scale(1.1)', dot(0, 0, 30, '#f4d06f') + dot(-9, -10, 8, '#ffffff', 'opacity=".5"'))
  )
}

export const train: Drawing = (palette) => {
  const wheel = (x: number, r: number) =>
    dot(x, 318 - r, r, palette.deep) + dot(x, 318 - r, r * 0.55, '#f0cf94') + dot(x, 318 - r, 4, palette.deep)
  return (
    dot(118, 104, 16, '#ffffff', 'opacity=".85"') +
    dot(146, 84, 22, '#ffffff', 'opacity=".7"') +
    dot(184, 74, 15, '#ffffff', 'opacity=".5"') +
    box([104, 138, 34, 62], 5, '#6f9a8a') +
    box([96, 128, 50, 18], 6, '#5a8374') +
    box([76, 194, 150, 86], 34, BODY) +
    box([124, 194, 14, 86], 0, '#f0cf94') +
    box([206, 132, 112, 148], 8, SIDE) +
    box([228, 158, 62, 48], 6, '#eaf3f5') +
    box([192, 112, 140, 26], 8, '#6f9a8a') +
    box([66, 268, 266, 20], 8, palette.deep) +
    wheel(112, 30) +
    wheel(186, 30) +
    wheel(274, 40) +
    dot(84, 226, 9, '#f4d06f')
  )
}
