import type { Listener } from '#kernel/events'
import { acts } from './actions/index.ts'
import { answerMessage } from './answers/index.ts'
import { approvalListeners } from './listeners/approvals.ts'
import { leaverListeners } from './listeners/leavers.ts'
import { orderListeners } from './listeners/orders.ts'
import { paymentListeners } from './listeners/payments.ts'
import { proofListeners } from './listeners/proof.ts'
import type { Platform, Receive } from './platforms/platform.ts'
import { postListeners } from './post.ts'
import { receiver, workInbox } from './receive.ts'

export { dingtalk, dingtalkSettings } from './platforms/dingtalk/index.ts'
export { feishu, feishuSettings } from './platforms/feishu/index.ts'
export { wecom, wecomSettings } from './platforms/wecom/index.ts'
export type { Platform, Receive } from './platforms/platform.ts'
export { botJobs } from './jobs.ts'
export { startPost } from './post.ts'

/** What the bot does when something happens, and with what comes in. */
export const botListeners = (platforms: Platform[]): Listener[] => [
  ...workInbox(platforms, answerMessage),
  ...postListeners(platforms),
  ...approvalListeners(platforms),
  ...orderListeners(platforms),
  ...paymentListeners(platforms),
  ...proofListeners(platforms),
  ...leaverListeners(platforms),
]

export const receiveFrom = (platform: Platform): Receive => receiver(platform, acts)
