import type { Fact } from '#kernel/events'

/** An app was added, changed, switched on or off, or removed: whoever runs it should look again. */
export type PlatformAppChanged = Fact<'connections.app-changed', { appId: string; platform: string; isOn: boolean }>
