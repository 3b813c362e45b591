import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { UserConfig } from 'vite'

const simulator = `http://127.0.0.1:${process.env['SIM_PORT'] ?? 3001}`

/** The build of the simulator's page: `simulator/page/` to `dist/simulator/`, and its development server. */
export const simulatorPage: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue()],
  build: { outDir: fileURLToPath(new URL('../../dist/simulator', import.meta.url)), emptyOutDir: true },
  server: { host: '127.0.0.1', port: 5174, proxy: { '/sim': simulator } },
}
