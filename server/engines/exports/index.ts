export { exportsActions } from './actions.ts'
export { exportJobs, exportListeners } from './listeners.ts'
export { registerCodes } from './linked-names.ts'
export { registerExport } from './registry.ts'
