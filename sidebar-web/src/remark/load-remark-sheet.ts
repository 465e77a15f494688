/** Needed from the first tap on: in a file of its own. */
export const loadRemarkSheet = () => import('./RemarkSheet.vue')
