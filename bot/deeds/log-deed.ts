import { type Lang, say } from '#contract'
import { followUpKinds } from '#contract/modules/parties'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { partiesActions } from '#server/modules/parties'
import type { CardFact, CardPart } from '../card.ts'
import type { DeedKind, LogDeed, Shown } from './deed.ts'

/** A follow-up, written down as it was said. */
export const logKind: DeedKind<LogDeed> = {
  show: async (caller, deed, lang) => ({
    ...(await shown(caller, deed, lang)),
    ways: [{ name: 'confirm', label: lang === 'en' ? 'Save' : '确认保存', deed }],
  }),
  doubts: async () => [],
  carryOut: async (tx, caller, id, { customerId, kind, text, nextOn }) => {
    await partiesActions.logFollowUp(tx, caller, { id: customerId, followUpId: id, kind, text, nextOn })
  },
  undo: async (tx, caller, id) => {
    await partiesActions.removeFollowUp(tx, caller, { id })
  },
  done: async (caller, _id, deed, lang) => ({
    ...(await shown(caller, deed, lang)),
    tag: lang === 'en' ? 'Saved' : '已保存',
  }),
}

async function shown(caller: Caller, deed: LogDeed, lang: Lang): Promise<Shown> {
  const { customer } = await ask(caller, partiesActions.customer, { id: deed.customerId })
  const en = lang === 'en'
  const facts: CardFact[] = [
    { label: en ? 'How' : '方式', value: say(followUpKinds[deed.kind], lang) },
    { label: en ? 'Next step' : '下次跟进', value: deed.nextOn ?? (en ? 'none' : '未定') },
  ]
  const parts: CardPart[] = [
    { kind: 'text', text: deed.text },
    { kind: 'facts', facts },
  ]
  return {
    title: `${en ? 'Follow-up' : '跟进'} · ${customer.shortName ?? ''}`,
    parts,
    link: { label: en ? 'Open the customer' : '打开客户', path: `/customers/${deed.customerId}` },
  }
}
