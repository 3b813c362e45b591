export { exportsActions } from './actions.ts'
export { exportJobs, exportListeners } from './listeners.ts'
export { type Described, registerExport } from './registry.ts'
