import { type Dimension, dimensions } from './dimensions.ts'
import type { Fact } from './facts.repository.ts'

export interface CellName {
  key: string
  /** YYYY-MM-DD: the first day of the span. */
  spanFrom: string
}

export interface Changes {
  former: Fact[]
  later: Fact[]
  /** Whose chain of purchases is another now. */
  buyers: string[]
  /** What has to be summed again. */
  cells: Map<Dimension, CellName[]>
}

/** Of facts as they were counted last and as they are known now, what differs and what follows from it. */
export function whatChanged(counted: readonly Fact[], known: readonly Fact[]): Changes {
  const before = new Map(counted.map((fact) => [nameOf(fact), fact]))
  const after = new Map(known.map((fact) => [nameOf(fact), fact]))
  const same = ([name, fact]: [string, Fact]) => {
    const other = before.get(name)
    return other !== undefined && asText(other) === asText(fact)
  }
  const unchanged = new Set([...after].filter(same).map(([name]) => name))
  const former = counted.filter((fact) => !unchanged.has(nameOf(fact)))
  const later = known.filter((fact) => !unchanged.has(nameOf(fact)))
  const touched = [...former, ...later]
  return {
    former,
    later,
    buyers: [...new Set(touched.map(({ buyer }) => buyer).filter((buyer) => buyer !== null))],
    cells: cellsOf(touched),
  }
}

function nameOf({ source, sourceId }: Fact): string {
  return `${source} ${sourceId}`
}

function asText({ source, sourceId, at, buyer, channel, storeId, guideId, units, amount, money, lines }: Fact) {
  const items = lines.map(({ productId, brand, units, amount }) => [productId, brand, units, amount])
  return JSON.stringify([source, sourceId, at, buyer, channel, storeId, guideId, units, amount, money, items])
}

const keysOf: Record<Dimension, (fact: Fact) => string[]> = {
  day: () => [''],
  channel: ({ channel }) => [channel],
  store: ({ storeId }) => [storeId],
  guide: ({ guideId }) => [guideId],
  product: ({ lines }) => lines.map(({ productId }) => productId),
  brand: ({ lines }) => lines.map(({ brand }) => brand),
}

function cellsOf(facts: readonly Fact[]): Map<Dimension, CellName[]> {
  const cells = new Map<Dimension, CellName[]>()
  for (const dimension of Object.keys(dimensions).filter(isDimension)) {
    const named = new Map<string, CellName>()
    for (const fact of facts) {
      const spanFrom = dimensions[dimension].span === 'day' ? fact.day : `${fact.day.slice(0, 7)}-01`
      for (const key of keysOf[dimension](fact)) named.set(`${spanFrom} ${key}`, { key, spanFrom })
    }
    cells.set(dimension, [...named.values()])
  }
  return cells
}

function isDimension(name: string): name is Dimension {
  return name in dimensions
}
