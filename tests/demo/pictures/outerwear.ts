import { BODY, bothSides, box, type Drawing, dot, line, placed, repeat, SIDE, shape } from './brush.ts'
import { cloth, hanger } from './cloth.ts'
import type { Palette } from './palette.ts'

const checks = (palette: Palette) =>
  repeat(12, (place) => line(`M${92 + place * 20} 80V330M80 ${90 + place * 20}H320`, palette.deep, 1.6, 'opacity=".3"'))

export const coat: Drawing = (palette, name) => {
  const hem = name.includes('短') ? 282 : 326
  const half = `M200 104L174 96C148 104 132 114 126 132L96 ${hem - 44}L126 ${hem - 36}L146 206L136 ${hem}H200Z`
  return (
    hanger +
    bothSides(shape(half, BODY) + line(`M146 206L150 150`, palette.dark, 2.5, 'opacity=".6"')) +
    shape('M176 98H224L200 150Z', palette.deep) +
    bothSides(
      shape('M200 214L174 96L154 122L168 140L158 152Z', SIDE, `stroke="${palette.dark}" stroke-width="1.5"`) +
        line('M154 254L178 262', palette.dark, 3.5),
    ) +
    line(`M200 214V${hem - 2}`, palette.dark, 2) +
    dot(212, 228, 5, palette.deep) +
    dot(212, 258, 5, palette.deep)
  )
}

export const scarf: Drawing = (palette) => {
  const tail = (x: number, bottom: number) =>
    box([x, 140, 62, bottom - 140], 4, BODY) +
    repeat(
      4,
      (place) =>
        box([x, 160 + place * 34, 62, 8], 0, palette.light, 'opacity=".75"') +
        box([x, 172 + place * 34, 62, 3], 0, palette.deep, 'opacity=".5"'),
    ) +
    box([x + 14, 140, 5, bottom - 140], 0, palette.light, 'opacity=".5"') +
    repeat(8, (place) => line(`M${x + 4 + place * 7.8} ${bottom}V${bottom + 18}`, palette.dark, 3))
  return (
    placed('rotate(5 170 200)', tail(136, 286)) +
    placed('rotate(-6 230 200)', tail(204, 298)) +
    shape('M118 128C122 78 278 78 282 128C286 172 250 190 200 190C150 190 114 172 118 128Z', SIDE) +
    shape('M150 122C154 100 246 100 250 122C252 142 232 150 200 150C168 150 148 142 150 122Z', palette.deep) +
    line('M130 140C146 176 254 176 270 140', palette.light, 6, 'opacity=".6"')
  )
}

export const suit: Drawing = (palette, name) => {
  const half = 'M200 106L174 94C148 102 132 112 126 130L98 284L128 290L146 206L140 312C164 318 184 316 200 312Z'
  return (
    hanger +
    bothSides(shape(half, BODY)) +
    (name.includes('格纹') ? cloth('cloth', half, checks(palette)) : '') +
    shape('M174 94H226L200 224Z', '#f4f5f7') +
    shape('M192 108H208L214 168L200 214L186 168Z', '#7c3d46') +
    bothSides(
      shape('M200 230L174 94L152 124L168 142L158 154Z', SIDE, `stroke="${palette.deep}" stroke-width="1.2"`) +
        line('M146 206L150 150M152 262H180', palette.deep, 2.2, 'opacity=".7"'),
    ) +
    line('M200 230C202 262 196 290 188 313', palette.deep, 1.8) +
    dot(206, 246, 4.5, palette.deep) +
    shape('M228 168L248 164L249 174L229 177Z', '#ffffff', 'opacity=".75"')
  )
}

export const jacket: Drawing = (palette, name) => {
  const half = 'M200 104L172 96C148 102 132 112 124 132L92 268L126 278L146 204V292H200Z'
  const hood = /皮肤衣|连帽/.test(name)
  return (
    (hood
      ? shape('M150 112C140 50 260 50 250 112L200 132Z', palette.dark) +
        shape('M166 108C164 72 236 72 234 108L200 124Z', palette.deep)
      : '') +
    bothSides(shape(half, BODY)) +
    (name.includes('羽绒')
      ? cloth(
          'cloth',
          half,
          repeat(8, (place) =>
            line(
              `M80 ${128 + place * 24}Q140 ${140 + place * 24} 200 ${128 + place * 24}T320 ${128 + place * 24}`,
              palette.deep,
              2.4,
              'opacity=".55"',
            ),
          ),
        )
      : '') +
    (name.includes('恐龙')
      ? repeat(4, (place) => shape(`M${182 + place * 9} ${64 - (place % 3 ? 5 : 0)}l7 -16l7 16Z`, '#f2c94c'))
      : '') +
    bothSides(
      line('M146 204L149 150', palette.dark, 2.5, 'opacity=".6"') +
        line('M158 226L176 256', palette.deep, 4, 'opacity=".7"') +
        shape('M97 250L131 261L126 278L92 268Z', palette.dark),
    ) +
    (hood ? '' : bothSides(shape('M200 122L172 92L162 106L182 132Z', SIDE))) +
    line('M200 112V290', palette.deep, 4) +
    line('M200 112V290', '#ffffff', 1.4, 'stroke-dasharray="2 3" opacity=".7"') +
    box([144, 284, 112, 20], 5, palette.dark)
  )
}

export const tie: Drawing = (palette) => {
  const blade = 'M186 120H214L240 276L200 322L160 276Z'
  return (
    shape(blade, BODY) +
    `<clipPath id="blade"><path d="${blade}"/></clipPath><g clip-path="url(#blade)">${repeat(10, (place) => line(`M140 ${150 + place * 26}L260 ${90 + place * 26}`, palette.light, 5, 'opacity=".55"'))}</g>` +
    shape('M174 78H226L216 124H184Z', SIDE) +
    shape('M200 122L214 120L240 276L200 322Z', palette.deep, 'opacity=".18"')
  )
}
