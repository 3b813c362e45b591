import type { Colour, Text } from '#contract'
import type { PlatformAppView } from '#contract/modules/connections'
import { t } from './messages.ts'

type Standing = 'connected' | 'connecting' | 'lost' | 'callbacks' | 'waiting' | 'off'

/** How an app is doing, in a word and a colour. */
export const connectionStates: Record<Standing, { label: Text; colour: Colour }> = {
  connected: { label: { zh: '已连接', en: 'Connected' }, colour: 'green' },
  callbacks: { label: { zh: '用回调接收', en: 'Receives callbacks' }, colour: 'green' },
  connecting: { label: { zh: '正在连接', en: 'Connecting' }, colour: 'blue' },
  waiting: { label: { zh: '等待重启', en: 'Waits for a restart' }, colour: 'orange' },
  lost: { label: { zh: '连接断开', en: 'Lost' }, colour: 'red' },
  off: { label: { zh: '未启用', en: 'Off' }, colour: 'grey' },
}

export function standingOf({ isOn, state }: PlatformAppView): Standing {
  if (!isOn) return 'off'
  return state?.connection ?? 'waiting'
}

/** What has to happen before it runs as it is set; nothing when it does. */
export function wantsRestart({ isOn, state, version }: PlatformAppView): string | undefined {
  if (isOn && !state) return t('notRunning')
  return state && state.version !== version ? t('restart') : undefined
}
