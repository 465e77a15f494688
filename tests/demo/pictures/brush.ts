import type { Palette } from './palette.ts'

/** Draws the thing on a 400 × 400 sheet: it stands on y ≈ 318, in the middle. `name` chooses the variant. */
export type Drawing = (palette: Palette, name: string) => string

/** Paints defined by every picture. */
export const BODY = 'url(#body)'
export const SIDE = 'url(#side)'
export const GLASS = 'url(#glass)'
export const GOLD = 'url(#gold)'
export const SILVER = 'url(#silver)'

export function shape(d: string, fill: string, extra = ''): string {
  return `<path d="${d}" fill="${fill}" ${extra}/>`
}

export function line(d: string, stroke: string, width: number, extra = ''): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${extra}/>`
}

/** `at`: x, y, width, height */
export function box(at: readonly [number, number, number, number], radius: number, fill: string, extra = ''): string {
  const [x, y, width, height] = at
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ${extra}/>`
}

export function dot(x: number, y: number, radius: number, fill: string, extra = ''): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${extra}/>`
}

export function oval(x: number, y: number, rx: number, ry: number, fill: string, extra = ''): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${extra}/>`
}

export function placed(transform: string, content: string): string {
  return `<g transform="${transform}">${content}</g>`
}

/** The left half and its mirror image. */
export function bothSides(left: string): string {
  return left + placed('translate(400 0) scale(-1 1)', left)
}

/** `count` pieces, each drawn from its place 0 … count − 1. */
export function repeat(count: number, piece: (place: number) => string): string {
  return Array.from({ length: count }, (_, place) => piece(place)).join('')
}

export function onCircle(x: number, y: number, radius: number, turn: number): [number, number] {
  const angle = (turn - 0.25) * 2 * Math.PI
  return [round(x + radius * Math.cos(angle)), round(y + radius * Math.sin(angle))]
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
