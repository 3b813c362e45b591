import { type Lang, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { log } from '#kernel/log'
import { ask, perform } from '#kernel/perform'
import { callerOf, whoIs } from '#server/modules/org'
import type { Card, TokenCard } from './card.ts'
import type { Platform, Press, PressAnswer } from './platforms/platform.ts'
import { findButton, type PressedButton, withTokens } from './sent-card-store.ts'

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

const words = {
  stranger: { zh: '通讯录里没有找到你，请联系管理员', en: 'You are not in the directory' },
  notYours: { zh: '这张卡片是发给别人的', en: 'This card was sent to somebody else' },
  gone: { zh: '这个按钮已经失效', en: 'This button no longer works' },
  fault: { zh: '系统出错了，请稍后再试', en: 'Something broke; try again in a moment' },
}

/**
 * A press is a request, not a fact. Who pressed is what the platform vouches for; what the button stands for is looked up under its token; rights
 * and state are checked by the same action as everywhere. The press's own id is the idempotency key.
 */
export async function answerPress(platform: Platform, acts: Acts, press: Press): Promise<PressAnswer> {
  const at = new Date()
  const known = await ask(
    systemCaller(at),
    async (tx) => {
      const personId = await whoIs(tx, platform.name, platform.appId, press.openId)
      const button = await findButton(tx, press.token)
      const caller = personId
        ? await callerOf(tx, personId, { via: platform.name, at, key: `press:${press.eventKey}` })
        : undefined
      return { caller, button }
    },
    undefined,
  )
  if (!known.caller) return no(words.stranger.zh)
  const { caller, button } = known
  if (!button) return no(words.gone[caller.lang])
  if (!isHolder(platform, caller, button, press)) return no(words.notYours[caller.lang])
  return runAct(acts, caller, button, press)
}

/** A card acts only for the person it was sent to, from the message it was sent as. */
function isHolder(platform: Platform, caller: Caller, { copy }: PressedButton, press: Press): boolean {
  const isSameMessage = copy.handle === null || Object.values(copy.handle).includes(press.messageId)
  return (
    copy.personId === caller.personId &&
    copy.platform === platform.name &&
    copy.appId === platform.appId &&
    isSameMessage
  )
}

async function runAct(acts: Acts, caller: Caller, button: PressedButton, press: Press): Promise<PressAnswer> {
  const act = acts[button.act]
  if (!act) return no(words.gone[caller.lang])
  try {
    const { toast, card } = await act.run(caller, button.args, press)
    return { toast, card: card && (await tokened(button, card)) }
  } catch (error) {
    const card = await act.cardNow?.({ ...caller, key: undefined }, button.args)
    return { ...no(sayError(error, caller.lang)), card: card && (await tokened(button, card)) }
  }
}

const tokened = (button: PressedButton, card: Card): Promise<TokenCard> =>
  perform(systemCaller(new Date()), (tx) => withTokens(tx, button.copy.id, card), undefined)

function sayError(error: unknown, lang: Lang): string {
  if (error instanceof Refusal) return error.say(lang)
  log.error({ err: error }, 'a press failed')
  return words.fault[lang]
}

const no = (text: string): PressAnswer => ({ toast: { look: 'error', text } })
