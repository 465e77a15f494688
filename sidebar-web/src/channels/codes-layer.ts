import { ref } from 'vue'

/** Whether the page of codes lies over the chat's panel. */
export const codesOpen = ref(false)

/** Seldom opened and not small: in a file of its own. */
export const loadCodesPage = () => import('./CodesPage.vue')
