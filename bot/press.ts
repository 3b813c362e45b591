import { type Lang, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { log } from '#kernel/log'
import { perform } from '#kernel/perform'
import { callerOf, whoIs } from '#server/modules/org'
import type { Card, TokenCard } from './card.ts'
import { findButton, type PressedButton, withTokens } from './card-button-store.ts'
import { redrawCopy, replyCard, replyText } from './deliver.ts'
import { insertInbound } from './inbox-store.ts'
import { hashOf, renewHandle } from './outbox-store.ts'
import { countUse } from './pace-store.ts'
import type { Platform, Press, PressAnswer } from './platforms/platform.ts'
import { unlessRefused } from './reader.ts'

/** What pressing a button does. `cardNow` draws the card when the press was refused, so that nobody is left with a stale one. */
export type Act = {
  run: (
    caller: Caller,
    args: Record<string, unknown>,
    press: Press,
  ) => Promise<{ toast: PressAnswer['toast']; card?: Card }>
  cardNow?: (caller: Caller, args: Record<string, unknown>) => Promise<Card | undefined>
}
export type Acts = Record<string, Act>

const slow = '已收到，正在处理，结果马上发给你'
const words = {
  stranger: { zh: '通讯录里没有找到你，请联系管理员', en: 'You are not in the directory' },
  notYours: { zh: '这张卡片是发给别人的', en: 'This card was sent to somebody else' },
  gone: { zh: '这个按钮已经失效', en: 'This button no longer works' },
  fault: { zh: '系统出错了，请稍后再试', en: 'Something broke; try again in a moment' },
}

/** Answers a press in time; a word that this platform cannot show is written down as a message, so that it gets there however the platform is. */
export async function answerAndTell(platform: Platform, acts: Acts, press: Press): Promise<PressAnswer> {
  const answer = await answerInTime(platform, acts, press)
  if (!platform.hasToasts && !answer.card) await tell(platform, press, 'word', answer.toast.text)
  return answer
}

const tell = (
  platform: Platform,
  { openId, eventKey }: Press,
  subject: 'press' | 'word',
  text: string,
): Promise<void> => {
  const key = `${subject}:${platform.name}:${eventKey}`
  return replyText(platform, { openId }, { personId: null, subject, subjectId: eventKey, key }, text)
}

/** Answers within the platform's deadline. What takes longer goes on; its outcome comes as a message, and shows on the card. */
async function answerInTime(platform: Platform, acts: Acts, press: Press): Promise<PressAnswer> {
  const answering = answerPress(platform, acts, press)
  const deadline = timer(platform.limits.pressMs)
  const first = await Promise.race([answering, deadline.over])
  deadline.clear()
  if (first) return first
  answering
    .then((answer) => showLate(platform, press, answer))
    .catch((error: unknown) => log.error({ err: error }, 'a press that took long failed'))
  return { toast: { look: 'info', text: slow } }
}

async function showLate(platform: Platform, press: Press, { toast, card }: PressAnswer): Promise<void> {
  await tell(platform, press, 'press', toast.text)
  if (!card) return
  const redraw = async (tx: Tx, house: Caller): Promise<void> => {
    const button = await findButton(tx, press.token)
    if (button?.copy.state === 'sent') await redrawCopy(tx, house, button.copy, platform, card)
  }
  await perform(systemCaller(new Date()), redraw, undefined)
}

function timer(ms: number): { over: Promise<undefined>; clear: () => void } {
  let clear = (): void => {}
  const over = new Promise<undefined>((resolve) => {
    const timeout = setTimeout(() => resolve(undefined), ms)
    clear = () => clearTimeout(timeout)
  })
  return { over, clear: () => clear() }
}

/**
 * A press is a request, not a fact. Who pressed is what the platform vouches for; what the button stands for is looked up under its token; rights
 * and state are checked by the same action as everywhere. The press's own id is the idempotency key.
 */
export async function answerPress(platform: Platform, acts: Acts, press: Press): Promise<PressAnswer> {
  const { caller, button, isHolder } = await perform(
    systemCaller(new Date()),
    (tx, { at }) => receivePress(tx, platform, press, at),
    undefined,
  )
  if (!caller) return no(words.stranger.zh)
  if (!button) return no(words.gone[caller.lang])
  if (!isHolder) return no(words.notYours[caller.lang])
  return runAct(platform, acts, caller, button, press)
}

/** Writes the press down, and what it brought to change its card with, before anything is done. */
async function receivePress(
  tx: Tx,
  platform: Platform,
  press: Press,
  at: Date,
): Promise<{ caller?: Caller; button?: PressedButton; isHolder: boolean }> {
  const key = { platform: platform.name, appId: platform.appId, eventKey: press.eventKey }
  const [isNew, personId, button] = await Promise.all([
    insertInbound(tx, key, press, at, at),
    whoIs(tx, platform.name, platform.appId, press.openId),
    findButton(tx, press.token),
  ])
  if (isNew) await countUse(tx, platform, { deliveries: 1 }, at)
  if (!personId) return { isHolder: false }
  const caller = await unlessRefused(callerOf(tx, personId, { via: platform.name, at, key: `press:${press.eventKey}` }))
  if (!caller) return { isHolder: false }
  const isHolder = button !== undefined && holds(platform, caller, button, press)
  if (isHolder && press.handle) await renewHandle(tx, button.copy, press.handle, at)
  return { caller, button, isHolder }
}

/** A card acts only for the person it was sent to, from the message it was sent as. */
function holds(platform: Platform, caller: Caller, { copy }: PressedButton, press: Press): boolean {
  const isSameMessage = copy.handle === null || Object.values(copy.handle).includes(press.messageId)
  return (
    copy.personId === caller.personId &&
    copy.platform === platform.name &&
    copy.appId === platform.appId &&
    isSameMessage
  )
}

async function runAct(
  platform: Platform,
  acts: Acts,
  caller: Caller,
  { act: name, args, copy }: PressedButton,
  press: Press,
): Promise<PressAnswer> {
  const act = acts[name]
  if (!act) return no(words.gone[caller.lang])
  const { toast, card } = await outcomeOf(act, caller, args, press)
  if (!card) return { toast }
  // What can no longer be changed still tells the truth to whoever presses it: beside it comes a new card.
  if (copy.state === 'closed' && !press.handle) {
    const { subject, subjectId } = copy
    const key = `fresh:${copy.id}:${hashOf(card)}`
    await replyCard(platform, { openId: press.openId }, { subject, subjectId, personId: caller.personId, key }, card)
  }
  return { toast, card: await tokened(copy.id, card) }
}

type Outcome = Awaited<ReturnType<Act['run']>>

async function outcomeOf(act: Act, caller: Caller, args: PressedButton['args'], press: Press): Promise<Outcome> {
  try {
    return await act.run(caller, args, press)
  } catch (error) {
    const toast: Outcome['toast'] = { look: 'error', text: sayError(error, caller.lang) }
    // Somebody who may no longer see it is told why, without a card.
    const card = act.cardNow && (await unlessRefused(act.cardNow({ ...caller, key: undefined }, args)))
    return { toast, card }
  }
}

/** Most cards that were decided on have nothing to press any more: then there is nothing to write down. */
const tokened = async (copyId: string, card: Card): Promise<TokenCard> =>
  card.buttons.length === 0
    ? { ...card, buttons: [] }
    : perform(systemCaller(new Date()), (tx) => withTokens(tx, copyId, card), undefined)

function sayError(error: unknown, lang: Lang): string {
  if (error instanceof Refusal) return error.say(lang)
  log.error({ err: error }, 'a press failed')
  return words.fault[lang]
}

const no = (text: string): PressAnswer => ({ toast: { look: 'error', text } })
