import { ref } from 'vue'

/** A text in both languages. */
export type Text = { zh: string; en: string }
export type Language = keyof Text

const KEPT = 'simulator.language'

export const language = ref<Language>(localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh')

export function switchLanguage(): void {
  language.value = language.value === 'zh' ? 'en' : 'zh'
  localStorage.setItem(KEPT, language.value)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
}

export function say(text: Text): string {
  return text[language.value]
}

const texts = {
  title: { zh: '聊天平台模拟器', en: 'Chat platform simulator' },
  promise: { zh: '的替身，就在这台机器上', en: 'A stand-in, on this machine, for' },
  people: { zh: '公司里的人', en: 'People of the company' },
  find: { zh: '找人', en: 'Find a person' },
  nobody: { zh: '没有找到这个人', en: 'Nobody found' },
  gone: { zh: '已离职', en: 'Has left' },
  bot: { zh: '机器人', en: 'Bot' },
  app: { zh: '应用', en: 'App' },
  fresh: { zh: '有新消息', en: 'New messages' },
  platform: { zh: '平台', en: 'Platform' },
  goBack: { zh: '返回', en: 'Back' },
  more: { zh: '更多操作', en: 'More actions' },
  detail: { zh: '查看详情', en: 'Details' },
  write: { zh: '发消息给', en: 'Message' },
  send: { zh: '发送', en: 'Send' },
  quiet: { zh: '还没有消息', en: 'No messages yet' },
  quietHint: {
    zh: '卡片和提醒会出现在这里。也可以现在就问机器人：',
    en: 'Cards and reminders arrive here. Or ask the bot right now:',
  },
  edited: { zh: '卡片已更新', en: 'Card updated' },
  workbench: { zh: '手机上的工作台应用', en: 'The workbench app on the phone' },
  reload: { zh: '重新打开', en: 'Reload' },
  openAlone: { zh: '在新窗口打开', en: 'Open in a new window' },
  closed: { zh: '应用已关闭', en: 'The app was closed' },
  reopen: { zh: '从工作台再次打开', en: 'Open it from the workbench again' },
  wire: { zh: '网络往来', en: 'The wire' },
  wireHint: {
    zh: '每一次请求和回调：检查了什么、签名、用时',
    en: 'Each request and callback: what was checked, its signature, its timing',
  },
  wireEmpty: { zh: '还没有往来', en: 'Nothing yet' },
  onlyRefused: { zh: '只看被拒绝的', en: 'Refused only' },
  call: { zh: '产品 → 平台', en: 'Product → platform' },
  callback: { zh: '平台 → 产品', en: 'Platform → product' },
  client: { zh: '客户端', en: 'Client' },
  checks: { zh: '检查', en: 'Checks' },
  passed: { zh: '项通过', en: 'passed' },
  request: { zh: '请求', en: 'Request' },
  answer: { zh: '回答', en: 'Answer' },
  close: { zh: '关闭', en: 'Close' },
  clock: { zh: '模拟时钟', en: 'Simulated clock' },
  laterHour: { zh: '+1 小时', en: '+1 hour' },
  laterDay: { zh: '+1 天', en: '+1 day' },
  tour: { zh: '五步看懂', en: 'Tour in five steps' },
  next: { zh: '下一步', en: 'Next' },
  back: { zh: '上一步', en: 'Back' },
  stop: { zh: '停止', en: 'Stop' },
  finish: { zh: '完成', en: 'Finish' },
  confirm: { zh: '确认', en: 'Confirm' },
  cancel: { zh: '取消', en: 'Cancel' },
  scanTitle: { zh: '扫一扫', en: 'Scan' },
  scanHint: { zh: '手机没有摄像头：请输入条码或二维码的内容', en: 'This phone has no camera: type what the code says' },
  contactTitle: { zh: '选择联系人', en: 'Choose contacts' },
  required: { zh: '必填', en: 'Required' },
  unreachable: { zh: '模拟器没有回应', en: 'The simulator does not answer' },
  offline: { zh: '与模拟器的连接断开，正在重连…', en: 'Connection to the simulator lost, reconnecting…' },
  choose: { zh: '请选择', en: 'Choose' },
  from: { zh: '来自', en: 'From' },
} as const satisfies Record<string, Text>

export function t(key: keyof typeof texts): string {
  return say(texts[key])
}

/** The short name of a platform, for where there is little room. */
const shortNames: Record<string, Text> = { wecom: { zh: '企微', en: 'WeCom' } }

export function shortName(platform: { name: string; label: Text }): string {
  return say(shortNames[platform.name] ?? platform.label)
}

/** Questions that a visitor may want to ask the bot first. */
export const firstQuestions: Text[] = [
  { zh: '膨胀螺栓 M10x100 还有多少', en: 'stock of M10x100' },
  { zh: '宏达装饰欠多少', en: 'receivable of 宏达装饰' },
  { zh: '有哪些待我审批', en: 'what is waiting for me' },
]
