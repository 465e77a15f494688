import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { precompress } from './build/precompress.ts'
import { preloadFirstScreen } from './build/preload-first-screen.ts'

export default defineConfig({
  base: '/sidebar/',
  plugins: [vue(), preloadFirstScreen('src/mount.ts'), precompress()],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    // The oldest WebViews WeCom still ships.
    target: ['chrome78', 'safari13.1'],
    // One small stylesheet: the still skeleton in index.html already needs most of it.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What several tabs share comes with the first screen in one file: fewer round trips than bytes saved.
          groups: [{ name: 'screen', test: sharedByScreens, minShareCount: 2, includeDependenciesRecursively: false }],
        },
      },
    },
  },
})

/** The entry (WeCom, API, what starts first) stays small and apart, so that it runs while the screen is on its way. */
function sharedByScreens(id: string): boolean {
  return !/\/(src\/(main|theme|api\/(?!problem)|wecom\/(?!device)|chat\/open|troubles\/|customer\/customer-api|group\/group-api)|@wecom|@?vant)/.test(
    id,
  )
}
