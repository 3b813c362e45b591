import type { Listener } from '#kernel/events'
import { acts } from './actions/index.ts'
import { answerMessage } from './answers/index.ts'
import { approvalListeners } from './listeners/approvals.ts'
import { orderListeners } from './listeners/orders.ts'
import { paymentListeners } from './listeners/payments.ts'
import { proofListeners } from './listeners/proof.ts'
import type { Platform, Receive } from './platforms/platform.ts'
import { receiver, workInbox } from './receive.ts'

export { feishu, type FeishuSettings, feishuSettings } from './platforms/feishu/index.ts'
export type { Platform } from './platforms/platform.ts'
export { botJobs } from './jobs.ts'

/** What the bot does when something happens, and with what comes in. */
export const botListeners = (platforms: Platform[]): Listener[] => [
  workInbox(platforms, answerMessage),
  ...approvalListeners(platforms),
  ...orderListeners(platforms),
  ...paymentListeners(platforms),
  ...proofListeners(platforms),
]

export const receiveFrom = (platform: Platform): Receive => receiver(platform, acts)
