import type { Actions } from '#kernel/perform'
import type { outbox } from './contract.ts'
import { platformUse, sendAgain, sendAllAgain, undelivered } from './undelivered.ts'

export const outboxActions: Actions<typeof outbox> = { platformUse, undelivered, sendAgain, sendAllAgain }
