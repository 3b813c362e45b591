import type { Actions } from '#kernel/perform'
import { platformApps, testPlatformApp } from './apps.ts'
import { addPlatformApp, changePlatformApp, removePlatformApp } from './change-apps.ts'
import type { connections } from './contract.ts'

export const connectionsActions: Actions<typeof connections> = {
  platformApps,
  addPlatformApp,
  changePlatformApp,
  removePlatformApp,
  testPlatformApp,
}
