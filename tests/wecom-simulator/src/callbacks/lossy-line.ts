import { nextRandom, type Random } from '../world/random.ts'
import type { Delivery } from './sender.ts'

/** How callbacks get lost on their way: doc 90930 promises neither delivery nor order. */
export interface DeliverySettings {
  /** Share of the callbacks that never arrive, 0 to 1. */
  drop?: number
  /** Share of the callbacks that arrive twice. */
  repeat?: number
  /** Callbacks are held back and come in any order; `flush` delivers what is still held. */
  reorder?: boolean
  /** The same seed loses the same callbacks. */
  seed?: number
}

export interface DeliveryCounts {
  dropped: number
  repeated: number
  held: number
}

interface Held {
  deliver: () => Promise<Delivery>
  done: (delivery: Delivery | null) => void
}

export type LossyLine = ReturnType<typeof createLossyLine>

/** Between the sender and the product. In order and complete until it is told otherwise. */
export function createLossyLine() {
  const random: Random = { state: 1, issued: 0 }
  const held: Held[] = []
  const flying = new Set<Promise<Delivery>>()
  const counts = { dropped: 0, repeated: 0 }
  let settings: DeliverySettings | undefined

  const happens = (share = 0) => nextRandom(random) < share

  function takeAny(): Held | undefined {
    return held.splice(Math.floor(nextRandom(random) * held.length), 1)[0]
  }

  async function release({ deliver, done }: Held): Promise<Delivery> {
    const delivery = await fly(deliver)
    done(delivery)
    return delivery
  }

  function fly(deliver: () => Promise<Delivery>): Promise<Delivery> {
    const arrival = deliver()
    flying.add(arrival)
    const landed = () => flying.delete(arrival)
    void arrival.then(landed, landed)
    return arrival
  }

  function holdBack(deliver: () => Promise<Delivery>): Promise<Delivery | null> {
    return new Promise((done) => {
      held.push({ deliver, done })
    })
  }

  return {
    get counts(): DeliveryCounts {
      return { ...counts, held: held.length }
    },
    set(next: DeliverySettings | undefined) {
      settings = next
      random.state = next?.seed ?? 1
    },
    /** null: lost on the way. */
    async pass(deliver: () => Promise<Delivery>): Promise<Delivery | null> {
      if (!settings) return fly(deliver)
      const { drop, repeat, reorder } = settings
      if (happens(drop)) {
        counts.dropped += 1
        return null
      }
      const twice = happens(repeat)
      if (twice) counts.repeated += 1
      const send = reorder ? holdBack : fly
      const copies = twice ? [send(deliver), send(deliver)] : [send(deliver)]
      // On average as many leave as come, so that some wait long and most do not.
      while (held.length > 0 && happens(0.5)) {
        const next = takeAny()
        if (next) void release(next)
      }
      return Promise.race(copies)
    },
    /** One after the other, so that they arrive in the order the seed gives; then all that was sent has arrived. */
    async flush(): Promise<Delivery[]> {
      await Promise.all(flying)
      const delivered: Delivery[] = []
      for (let next = takeAny(); next; next = takeAny()) delivered.push(await release(next))
      return delivered
    },
    stop() {
      for (const { done } of held.splice(0)) done(null)
    },
  }
}
