import type { Colour, Text } from '#contract'
import type { AppState, PlatformAppView } from '#contract/modules/connections'

type Standing = AppState['connection'] | 'settling' | 'off'

/** How an app is doing, in a word and a colour. */
export const connectionStates: Record<Standing, { label: Text; colour: Colour }> = {
  connected: { label: { zh: '已连接', en: 'Connected' }, colour: 'green' },
  callbacks: { label: { zh: '用回调接收', en: 'Receives callbacks' }, colour: 'green' },
  elsewhere: { label: { zh: '由另一进程连接', en: 'Held by another process' }, colour: 'green' },
  connecting: { label: { zh: '正在连接', en: 'Connecting' }, colour: 'blue' },
  settling: { label: { zh: '正在生效', en: 'Taking effect' }, colour: 'blue' },
  lost: { label: { zh: '连接断开', en: 'Lost' }, colour: 'red' },
  off: { label: { zh: '未启用', en: 'Off' }, colour: 'grey' },
}

export function standingOf(app: PlatformAppView): Standing {
  if (!app.isOn) return 'off'
  return app.state && !isSettling(app) ? app.state.connection : 'settling'
}

/** Whether it does not run yet as it is set: that takes a few seconds. */
export const isSettling = ({ isOn, state, version }: PlatformAppView): boolean =>
  isOn ? state?.version !== version : state !== null

/** Whether nothing has gone right since the last error. */
export const isTroubled = ({ lastError, lastSentAt, lastReceivedAt, connection, since }: AppState): boolean =>
  lastError !== null &&
  [lastSentAt, lastReceivedAt, connection === 'connected' ? since : null].every((at) => !at || at < lastError.at)
