import type { ProofFinished } from '#facts/proof'
import { type Listener, reaction } from '#kernel/events'
import { holdersOf } from '#server/modules/org'
import { proofCard } from '../cards/proof-card.ts'
import { deliverCard } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

/** After the nightly proof finance reads one green line, or where it broke. */
export const proofListeners = (platforms: Platform[]): Listener[] => [
  reaction<ProofFinished>('bot.tell-proof', 'proof.finished', async (tx, caller, { body }, { eventId }) => {
    const holders = [...(await holdersOf(tx, 'accountant')), ...(await holdersOf(tx, 'finance_director'))]
    for (const personId of new Set(holders)) {
      const told = await reader(tx, personId, caller.at)
      if (!told) continue
      const copy = { subject: 'proof', subjectId: eventId, personId, key: `${eventId}:${personId}` }
      await deliverCard(tx, caller, platforms, copy, proofCard(body, told.lang))
    }
  }),
]
