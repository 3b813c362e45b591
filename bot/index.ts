import type { Listener } from '#kernel/events'
import { acts } from './actions/index.ts'
import { answerMessage } from './answers/index.ts'
import { alertListeners } from './listeners/alerts.ts'
import { approvalListeners } from './listeners/approvals.ts'
import { leaverListeners } from './listeners/leavers.ts'
import { nudgeListeners } from './listeners/nudges.ts'
import { orderListeners } from './listeners/orders.ts'
import { returnListeners } from './listeners/returns.ts'
import { paymentListeners } from './listeners/payments.ts'
import { proofListeners } from './listeners/proof.ts'
import type { Platform, Receive } from './platforms/platform.ts'
import { postListeners } from './post.ts'
import { receiver, workInbox } from './receive.ts'

export { dingtalkSettings } from './platforms/dingtalk/settings.ts'
export { feishuSettings } from './platforms/feishu/settings.ts'
export { wecomSettings } from './platforms/wecom/settings.ts'
export type { Platform, Receive } from './platforms/platform.ts'
export { botJobs } from './jobs.ts'
export { leased } from './lease.ts'
export { learnNames } from './answers/known.ts'
export { startPost } from './post.ts'

/** Each platform's adapter, loaded when it is first needed: the official clients are large, and few companies use all three. */
export const adapters = {
  feishu: async () => (await import('./platforms/feishu/index.ts')).feishu,
  dingtalk: async () => (await import('./platforms/dingtalk/index.ts')).dingtalk,
  wecom: async () => (await import('./platforms/wecom/index.ts')).wecom,
}

/** What the bot does when something happens, and with what comes in. */
export const botListeners = (platforms: Platform[]): Listener[] => [
  ...workInbox(platforms, answerMessage),
  ...postListeners(platforms),
  ...approvalListeners(platforms),
  ...orderListeners(platforms),
  ...returnListeners(platforms),
  ...paymentListeners(platforms),
  ...proofListeners(platforms),
  ...leaverListeners(platforms),
  ...nudgeListeners(platforms),
  ...alertListeners(platforms),
]

export const receiveFrom = (platform: Platform): Receive => receiver(platform, acts)
