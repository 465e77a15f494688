import { computed, ref } from 'vue'
import type { WireLine } from '../../control-types.ts'

/** Beside callbacks and API calls, what the sidebar asks the client for. */
export type WireEntry = Omit<WireLine, 'kind'> & { kind: WireLine['kind'] | 'sdk' }

const KEPT = 80

/** Newest last. */
export const wire = ref<WireEntry[]>([])

export const lastCallback = computed(() => wire.value.findLast(({ kind }) => kind === 'callback'))

/** A guide's change must not lose what is already on screen. */
export function startWire(lines: readonly WireLine[]): void {
  for (const line of lines) addWireLine(line)
}

export function addWireLine(line: WireEntry): void {
  if (wire.value.some(({ id }) => id === line.id)) return
  wire.value = [...wire.value, line].sort((left, right) => left.at.localeCompare(right.at)).slice(-KEPT)
}
