import type { Product } from '../data/products.ts'
import { box, dot, oval, placed } from './brush.ts'
import { drawings } from './drawings.ts'
import { type Palette, paletteOf } from './palette.ts'

type Pictured = Pick<Product, 'name' | 'category' | 'colour' | 'ground'>

/** A square picture of the thing on its brand's ground: SVG text, nothing loaded from elsewhere. */
export function productPicture(product: Pictured): string {
  const palette = paletteOf(product.colour, product.ground)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img">`,
    `<title>${escapeXml(product.name)}</title>`,
    `<defs>${paints(palette)}</defs>`,
    box([0, 0, 400, 400], 0, 'url(#ground)'),
    dot(200, 170, 210, 'url(#light)'),
    oval(200, 322, 150, 20, 'url(#shadow)'),
    placed('translate(200 322) scale(1.08) translate(-200 -322)', drawings[product.category](palette, product.name)),
    '</svg>',
  ].join('')
}

function paints(palette: Palette): string {
  const across = (id: string, ...stops: string[]) => gradient(id, 'x1="0" y1="0" x2="1" y2=".35"', stops)
  return [
    gradient('ground', 'x1="0" y1="0" x2="0" y2="1"', [palette.ground, palette.ground, palette.floor]),
    across('body', palette.light, palette.main, palette.dark),
    across('side', palette.main, palette.dark),
    across('gold', '#f4e0ac', '#d6ac5c', '#b98a3e', '#ead092'),
    across('silver', '#ffffff', '#d3d8de', '#a9b1bb', '#e8ebee'),
    across('rose', '#fbe3d6', '#e2b09a', '#c58a73', '#f2cdbb'),
    gradient('sheen', 'x1="0" y1="0" x2="1" y2="1"', [
      ['#ffffff', 0.35],
      ['#ffffff', 0],
      ['#1d1a26', 0.14],
    ]),
    gradient('glass', 'x1="0" y1="0" x2="1" y2=".3"', [
      ['#ffffff', 0.95],
      [palette.pale, 0.75],
      ['#ffffff', 0.85],
      [palette.light, 0.7],
    ]),
    radial('light', ['#ffffff', 0.75], ['#ffffff', 0]),
    radial('glow', ['#ffe9b0', 0.8], ['#ffe9b0', 0]),
    radial('shadow', [palette.shadow, 0.34], [palette.shadow, 0]),
    `<radialGradient id="pearl" cx=".36" cy=".32" r=".75"><stop offset="0" stop-color="#ffffff"/><stop offset=".55" stop-color="#f1e6da"/><stop offset="1" stop-color="#c9b5a6"/></radialGradient>`,
  ].join('')
}

type Stop = string | readonly [colour: string, opacity: number]

function gradient(id: string, direction: string, stops: readonly Stop[]): string {
  return `<linearGradient id="${id}" ${direction}>${stopsOf(stops)}</linearGradient>`
}

function radial(id: string, ...stops: Stop[]): string {
  return `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`
}

function stopsOf(stops: readonly Stop[]): string {
  return stops
    .map((stop, place) => {
      const [colour, opacity] = typeof stop === 'string' ? [stop, 1] : stop
      return `<stop offset="${(place / (stops.length - 1)).toFixed(2)}" stop-color="${colour}" stop-opacity="${opacity}"/>`
    })
    .join('')
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
