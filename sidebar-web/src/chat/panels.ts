import { type Component, defineAsyncComponent } from 'vue'
import { loadRedeemSheet } from '../coupons/load-redeem-sheet.ts'
import CustomerTab from '../customer/CustomerTab.vue'
import { loadRemarkSheet } from '../remark/load-remark-sheet.ts'
import { loadRefusalSheet } from '../sharing/load-refusal-sheet.ts'
import { loadTagEditor } from '../tags/load-tag-editor.ts'
import TabLoadFailed from './TabLoadFailed.vue'
import TabLoading from './TabLoading.vue'
import type { TabName } from './tabs.ts'

const lazyPanels = {
  orders: () => import('../purchases/PurchasesTab.vue'),
  coupons: () => import('../coupons/CouponsTab.vue'),
  products: () => import('../products/ProductsTab.vue'),
}

function lazily(loader: () => Promise<Component>): Component {
  return defineAsyncComponent({ loader, loadingComponent: TabLoading, delay: 0, errorComponent: TabLoadFailed })
}

/** Only the first tab is in the first download. */
export const panels: Record<TabName, Component> = {
  customer: CustomerTab,
  orders: lazily(lazyPanels.orders),
  coupons: lazily(lazyPanels.coupons),
  products: lazily(lazyPanels.products),
}

/** Once the first customer is on screen. What could not be fetched ahead is fetched when it is needed. */
export function fetchTheRest(): void {
  for (const load of [...Object.values(lazyPanels), loadRefusalSheet, loadTagEditor, loadRemarkSheet, loadRedeemSheet])
    load().catch(() => {})
}
