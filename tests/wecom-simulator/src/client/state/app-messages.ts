import { computed, ref } from 'vue'
import { world } from './world.ts'

/** Ids of the app's messages the guide has looked at on this page. */
const seen = ref(new Set<string>())

export const unseenAppMessages = computed(() => world.appMessages.filter(({ id }) => !seen.value.has(id)).length)

export function markAppMessagesSeen(): void {
  seen.value = new Set(world.appMessages.map(({ id }) => id))
}
