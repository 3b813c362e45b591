import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
export default defineConfig({
  plugins: [vue()],
  test: { testTimeout: 15000, include: ['simulator/**/*.test.ts'], maxWorkers: 2 },
})
