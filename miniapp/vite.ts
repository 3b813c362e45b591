import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin, UserConfig } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? 3000}`

/** The build of the H5 app: `miniapp/` to `dist/miniapp/`, and its development server with the API behind it. */
export const miniapp: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), withoutOutsideFonts()],
  build: {
    outDir: fileURLToPath(new URL('../dist/miniapp', import.meta.url)),
    emptyOutDir: true,
    // The oldest web views that the chat clients still ship with.
    target: ['chrome64', 'safari12'],
    cssTarget: ['chrome64', 'safari12'],
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/openapi.json': server } },
}

/** Vant's style sheet names a font on an outside host as a fallback that no browser we serve needs, and the page's policy forbids. */
function withoutOutsideFonts(): Plugin {
  return {
    name: 'without-outside-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/vant[\\/].*\.css/.test(id)) return
      return code.replaceAll(/,\s*url\((?:https?:)?\/\/[^)]*\)\s*format\(["']woff["']\)/g, '')
    },
  }
}
