import { type Lang, say, showValue } from '#contract'
import type { HandoverView } from '#contract/modules/org'
import type { DirectoryShrunk, HandedOver } from '#facts/modules/org'
import type { Card } from '../card.ts'
import { moment } from './moment.ts'

const colours = { open: 'orange', done: 'green', void: 'grey' } as const

/** Somebody has left: what he leaves behind, for whoever passes it on. */
export function leaverCard(handover: HandoverView, lang: Lang): Card {
  const en = lang === 'en'
  const { id, person, state, openedAt, doneAt, doneBy } = handover
  const titles = {
    open: en ? `${person.name} has left: pass his work on` : `${person.name} 已离职，请安排交接`,
    done: en ? `${person.name}'s work has been passed on` : `${person.name} 的工作已交接`,
    void: en ? `${person.name} is back` : `${person.name} 已恢复在职，无需交接`,
  }
  const isPassed = state === 'done' && doneAt !== null
  return {
    colour: colours[state],
    title: titles[state],
    parts: [
      ...(state === 'void'
        ? []
        : [{ kind: 'facts' as const, facts: factsOf(handover, lang), boxed: state === 'open' }]),
      {
        kind: 'note',
        text: isPassed
          ? `${doneBy ?? ''} · ${moment(doneAt)}`
          : en
            ? `Access ended ${moment(openedAt)}; his approvals come to you until then`
            : `${moment(openedAt)} 已停用账号；交接前，他的审批由你代批`,
      },
    ],
    buttons: [],
    ...(state !== 'void' && { link: { label: en ? 'Open the handover' : '查看交接清单', path: `/handovers/${id}` } }),
  }
}

function factsOf({ state, kinds, passed }: HandoverView, lang: Lang): { label: string; value: string }[] {
  if (state === 'done')
    return passed.map(({ label, heir, count }) => ({ label: say(label, lang), value: `${count} → ${heir.name}` }))
  const facts = kinds.map(({ label, count, amount }) => ({
    label: say(label, lang),
    value: amount ? `${count} · ${showValue({ kind: 'money' }, amount, lang)}` : String(count),
  }))
  const nothing = { label: lang === 'en' ? 'Left behind' : '待交接', value: lang === 'en' ? 'nothing' : '无' }
  return facts.length > 0 ? facts : [nothing]
}

/** What came to an heir, by kind. */
export function heirCard(
  { name, passed }: { name: string; passed: { label: string; count: number }[] },
  lang: Lang,
): Card {
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: en ? `You take over from ${name}` : `${name} 的工作交接给你`,
    parts: [{ kind: 'facts', facts: passed.map(({ label, count }) => ({ label, value: String(count) })), boxed: true }],
    buttons: [],
    link: { label: en ? 'See my customers' : '查看我的客户', path: '/customers' },
  }
}

/** A platform no longer shows us many people: more likely its app's scope than a mass resignation. */
export function shrunkCard({ known, missing }: DirectoryShrunk['body'], platform: string, lang: Lang): Card {
  const en = lang === 'en'
  return {
    colour: 'red',
    title: en ? `${platform}: ${missing} people are suddenly missing` : `${platform}通讯录一下少了 ${missing} 人`,
    parts: [
      {
        kind: 'text',
        text: en
          ? `Of ${known} people, ${missing} are no longer shown to the app. Nobody's access was ended. Check the contact scope of the app; whoever has really left can be ended by hand.`
          : `原有 ${known} 人，有 ${missing} 人读不到了，所以没有停用任何人。请检查应用的通讯录权限范围；确实离职的，请手动办理。`,
      },
    ],
    buttons: [],
    link: { label: en ? 'People and accounts' : '人员与账号', path: '/accounts' },
  }
}

/** What one heir got, of all that was passed on. */
export const passedTo = ({ passed }: HandedOver['body'], heirId: string): { kind: string; count: number }[] =>
  passed.filter((one) => one.heirId === heirId && one.count > 0)
