/** Not needed before somebody comes to the counter: in a file of its own. */
export const loadRedeemSheet = () => import('./RedeemSheet.vue')
