/** Seldom seen and not small: in a file of its own. */
export const loadRefusalSheet = () => import('./RefusalSheet.vue')
