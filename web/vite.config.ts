import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vite'
import { compression } from 'vite-plugin-compression2'
import { offline } from './scripts/offline.mjs'

const START =
  /node_modules[\\/](vue|@vue|vue-router|pinia)[\\/]|web[\\/]src[\\/](api|lib|stores|i18n[\\/](index|zh)|router|App|main|components[\\/](Shell|Icon|Fig|Pop|PageHead|State|DotStrip|Moves|Trend)\.vue|pages[\\/](Login|Score)Page)/

// The server hands out .br and .gz as they lie in dist/; it never compresses static files itself.
export default defineConfig({
  plugins: [
    vue(),
    Components({ dirs: [], dts: 'src/auto-components.d.ts', resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    offline(),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(html|js|css|svg|json|txt)$/, threshold: 512 }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022', chunkSizeWarningLimit: 700, modulePreload: { polyfill: false },
    // All that the first page needs in one file: on a slow line round trips cost more than bytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', test: START }] } } },
  },
  server: { proxy: { '/api': process.env.GUANHU_URL ?? 'http://127.0.0.1:8080' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0])
