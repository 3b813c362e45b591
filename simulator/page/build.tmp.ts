import { build } from 'vite'
import { simulatorPage } from './vite.ts'
await build({ ...simulatorPage, configFile: false, logLevel: 'warn' })
