import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import type { Opened } from './chat/open-chat.ts'
import { useSidebarState } from './chat/sidebar.state.ts'

export function mount(opening: Promise<Opened>): void {
  const app = createApp(App).use(createPinia())
  useSidebarState().open(opening)
  app.mount('#app')
}
