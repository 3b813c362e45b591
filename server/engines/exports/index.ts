export { exportsActions } from './actions.ts'
export { exportJobs, exportListeners } from './listeners.ts'
export { registerExport } from './registry.ts'
