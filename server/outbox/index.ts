export { outboxActions } from './actions.ts'
export { useOfApps } from './undelivered.ts'
