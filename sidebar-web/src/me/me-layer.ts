import { ref } from 'vue'

export type MePart = 'earnings' | 'code' | 'channels' | 'duty'

/** Which part of 我 lies over the chat's panel, if any. */
export const mePart = ref<MePart>()

/** Seldom opened and not small: in a file of its own. */
export const loadMePage = () => import('./MePage.vue')
