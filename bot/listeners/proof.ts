import type { ProofFinished } from '#facts/proof'
import { systemCaller } from '#kernel/caller'
import { errand, type Listener } from '#kernel/events'
import { ask } from '#kernel/perform'
import { holdersOf } from '#server/modules/org'
import { proofCard } from '../cards/proof-card.ts'
import { deliverCard, eachOf } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

/** After the nightly proof finance reads one green line, or where it broke. */
export const proofListeners = (platforms: Platform[]): Listener[] => [
  errand<ProofFinished>('bot.tell-proof', 'proof.finished', async (_, { body }, { eventId }) => {
    const holders = await ask(
      systemCaller(new Date()),
      async (tx) => new Set([...(await holdersOf(tx, 'accountant')), ...(await holdersOf(tx, 'finance_director'))]),
      undefined,
    )
    await eachOf([...holders], async (personId) => {
      const caller = await reader(personId)
      if (!caller) return
      const about = { subject: 'proof', subjectId: eventId }
      await deliverCard(platforms, personId, about, `${eventId}:${personId}`, proofCard(body, caller.lang))
    })
  }),
]
