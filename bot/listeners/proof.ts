import type { ProofFinished } from '#facts/proof'
import { systemCaller } from '#kernel/caller'
import { errand, type Listener } from '#kernel/events'
import { ask } from '#kernel/perform'
import { holdersOf } from '#server/modules/org'
import type { Card } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { deliverCard } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'

/** After the nightly proof finance reads one green line, or where it broke. */
export const proofListeners = (platforms: Platform[]): Listener[] => [
  errand<ProofFinished>('bot.tell-proof', 'proof.finished', async (_, { body }, { eventId }) => {
    const readers = await ask(
      systemCaller(new Date()),
      async (tx) => new Set([...(await holdersOf(tx, 'accountant')), ...(await holdersOf(tx, 'finance_director'))]),
      undefined,
    )
    for (const personId of readers)
      await deliverCard(
        platforms,
        personId,
        { subject: 'proof', subjectId: eventId },
        `${eventId}:${personId}`,
        proofCard(body),
      )
  }),
]

function proofCard({ checked, findings, at }: ProofFinished['body']): Card {
  const isWhole = findings.length === 0
  return {
    colour: isWhole ? 'green' : 'red',
    title: isWhole ? '每夜对账：账账相符' : '每夜对账：发现不符',
    parts: [
      isWhole
        ? { kind: 'text', text: `${checked.length} 项全部通过` }
        : {
            kind: 'table',
            columns: ['检查', '单据', '差异'],
            rows: findings.slice(0, 8).map((one) => [one.name.zh, one.number, one.detail]),
          },
      { kind: 'note', text: moment(at) },
    ],
    buttons: [],
  }
}
