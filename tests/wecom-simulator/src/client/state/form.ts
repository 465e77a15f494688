import { computed, ref } from 'vue'
import type { Platform } from '../../bridge/bridge-types.ts'

/** The guide's client: WeCom on a computer or on a phone. */
export type Form = 'desktop' | 'mobile'

/** Below this a window shows one thing at a time, and the guide's WeCom takes its mobile form. */
const NARROW = '(max-width: 759.98px)'
/** Below this guide and customer no longer fit side by side. */
const SINGLE = '(max-width: 979.98px)'

const asked = ref<Form>('desktop')
export const narrow = mediaRef(NARROW)
/** One scene at a time, with a switch between them. */
export const single = mediaRef(SINGLE)

export const form = computed<Form>(() => (narrow.value ? 'mobile' : asked.value))
export const desktopPlatform = ref<Platform>('windows')
export const mobilePlatform = ref<Platform>('ios')
export const platform = computed(() => (form.value === 'desktop' ? desktopPlatform.value : mobilePlatform.value))

export type Scene = 'guide' | 'customer'
export const scene = ref<Scene>('guide')

export function toggleForm(): void {
  asked.value = asked.value === 'desktop' ? 'mobile' : 'desktop'
}

function mediaRef(query: string) {
  const list = matchMedia(query)
  const matches = ref(list.matches)
  list.addEventListener('change', (event) => {
    matches.value = event.matches
  })
  return matches
}
