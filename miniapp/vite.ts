import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { Plugin, UserConfig } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? 3000}`

/** The build of the H5 app: `miniapp/` to `dist/miniapp/`, and its development server with the API behind it. */
export const miniapp: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue(), withoutOutsideFonts(), withoutWholeVue()],
  define: {
    // What the app does not use is not loaded: components without setup, and vue-i18n's compiler (i18n.ts brings functions).
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    outDir: fileURLToPath(new URL('../dist/miniapp', import.meta.url)),
    emptyOutDir: true,
    // The oldest web views that the chat clients still ship with.
    target: ['chrome64', 'safari12'],
    cssTarget: ['chrome64', 'safari12'],
    // A page is one file and what pages share is another: a phone far away pays for each file that it asks for.
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 3 }] } } },
  },
  server: { host: '127.0.0.1', proxy: { '^/api/': server, '/openapi.json': server } },
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

/** vue-i18n takes all of Vue for the sake of one function, so that nothing of Vue could be left out of the build. */
function withoutWholeVue(): Plugin {
  const whole = "import * as Vue from 'vue';"
  const needed = "import { getCurrentInstance as current } from 'vue';\nconst Vue = { getCurrentInstance: current };"
  return {
    name: 'without-whole-vue',
    enforce: 'pre',
    transform: (code, id) => (/vue-i18n[\\/]dist[\\/]/.test(id) ? code.replace(whole, needed) : undefined),
  }
}
