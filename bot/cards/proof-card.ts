import { type Lang, say } from '#contract'
import type { ProofFinished } from '#facts/proof'
import type { Card } from '../card.ts'
import { moment } from './moment.ts'

const findingsMax = 8

/** After the nightly proof: one green line, or where it broke. */
export function proofCard({ checked, findings, at }: ProofFinished['body'], lang: Lang): Card {
  const en = lang === 'en'
  const note = { kind: 'note' as const, text: en ? `As of ${moment(at)}` : `截至 ${moment(at)}` }
  if (findings.length === 0)
    return {
      colour: 'green',
      title: en ? 'Nightly proof: all books agree' : '每夜对账：账账相符',
      parts: [
        { kind: 'text', text: en ? `All ${checked.length} checks passed.` : `${checked.length} 项全部通过。` },
        note,
      ],
      buttons: [],
    }
  return {
    colour: 'red',
    title: en ? 'Nightly proof: something is wrong' : '每夜对账：发现不符',
    parts: [
      {
        kind: 'table',
        columns: (en ? ['Check', 'Document', 'Difference'] : ['检查', '单据', '差异']).map((label) => ({ label })),
        rows: findings.slice(0, findingsMax).map((one) => [say(one.name, lang), one.number, one.detail]),
      },
      note,
    ],
    buttons: [],
  }
}
