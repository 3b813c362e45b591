import type { Actions } from '#kernel/perform'
import type { alerts } from './contract.ts'
import { createAlert, endAlert, myAlerts } from './my-alerts.ts'

export const alertsActions: Actions<typeof alerts> = { alerts: myAlerts, createAlert, endAlert }
