import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/client',
  plugins: [vue()],
  build: { outDir: '../../dist-client', emptyOutDir: true, target: ['chrome111', 'safari16.4', 'firefox128'] },
})
