export { alertsActions } from './actions.ts'
export { type Alert, alertsOn, nowTrue, resumeAlerts } from './alert-store.ts'
export { viewsOf as alertsFor } from './my-alerts.ts'
export { registerAlertEvent } from './registry.ts'
