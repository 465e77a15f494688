/** Colours of one picture, all made from the thing's own colour and the brand's ground. */
export interface Palette {
  main: string
  pale: string
  light: string
  dark: string
  deep: string
  ground: string
  floor: string
  shadow: string
}

export function paletteOf(colour: string, ground: string): Palette {
  return {
    main: colour,
    pale: mix(colour, '#ffffff', 0.72),
    light: mix(colour, '#ffffff', 0.38),
    dark: mix(colour, '#1d1a26', 0.26),
    deep: mix(colour, '#1d1a26', 0.52),
    ground: mix(ground, '#ffffff', 0.8),
    floor: mix(ground, '#ffffff', 0.48),
    shadow: mix(ground, '#1d1a26', 0.55),
  }
}

/** `share` of `other` in `colour`; both `#rrggbb`. */
export function mix(colour: string, other: string, share: number): string {
  const channel = (at: number) => {
    const from = Number.parseInt(colour.slice(at, at + 2), 16)
    const to = Number.parseInt(other.slice(at, at + 2), 16)
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}
