import { say } from '#contract'
import type { DirectoryShrunk, HandedOver, IdentitiesMoved, PersonLeft, PersonReturned } from '#facts/modules/org'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, reaction } from '#kernel/events'
import { handoversActions, holdersOf, identitiesOf } from '#server/modules/org'
import { heirCard, leaverCard, passedTo, shrunkCard } from '../cards/leaver-card.ts'
import { giveCopies } from '../copy-holder-store.ts'
import { deliverCard, refreshCopies } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader, unlessRefused } from '../reader.ts'

/** People who leave: their manager is told what is to be passed on, heirs what came to them; cards follow whoever an identity stands for. */
export const leaverListeners = (platforms: Platform[]): Listener[] => [
  reaction<PersonLeft>('bot.tell-of-leaver', 'org.person-left', async (tx, caller, { body }) => {
    const { handoverId: id, holderId } = body
    const holder = holderId ? await reader(tx, holderId, caller.at) : undefined
    if (!holder) return
    const handover = await unlessRefused(handoversActions.handover(tx, holder, { id }))
    if (handover?.state !== 'open') return
    const copy = { ...aboutHandover(id), personId: holder.personId, key: `handover:${id}:${holder.personId}` }
    await deliverCard(tx, caller, platforms, copy, leaverCard(handover, holder.lang))
  }),
  reaction<PersonReturned>('bot.settle-return', 'org.person-returned', async (tx, caller, { body }) => {
    if (body.handoverId) await refreshHandover(tx, caller, platforms, body.handoverId)
  }),
  reaction<HandedOver>('bot.tell-heirs', 'org.handed-over', async (tx, caller, { body }) => {
    await refreshHandover(tx, caller, platforms, body.handoverId)
    for (const heirId of new Set(body.passed.map((one) => one.heirId)))
      await tellHeir(tx, caller, platforms, body, heirId)
  }),
  reaction<IdentitiesMoved>('bot.follow-identities', 'org.identities-moved', async (tx, _, { body }) => {
    for (const identity of await identitiesOf(tx, body.personIds)) await giveCopies(tx, identity)
  }),
  reaction<DirectoryShrunk>('bot.tell-shrunk', 'org.directory-shrunk', async (tx, caller, { body }, { eventId }) => {
    const name = platforms.find((one) => one.name === body.platform)?.signIn.name ?? { zh: body.platform }
    for (const personId of await holdersOf(tx, 'admin')) {
      const told = await reader(tx, personId, caller.at)
      if (!told) continue
      const copy = { subject: 'directory', subjectId: eventId, personId, key: `${eventId}:${personId}` }
      await deliverCard(tx, caller, platforms, copy, shrunkCard(body, say(name, told.lang), told.lang))
    }
  }),
]

const aboutHandover = (id: string) => ({ subject: 'handover', subjectId: id })

const refreshHandover = (tx: Tx, caller: Caller, platforms: Platform[], id: string): Promise<void> =>
  refreshCopies(tx, caller, platforms, aboutHandover(id), async (holder) => {
    const handover = await handoversActions.handover(tx, holder, { id })
    return { card: leaverCard(handover, holder.lang), isFinal: handover.state !== 'open' }
  })

async function tellHeir(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  told: HandedOver['body'],
  heirId: string,
): Promise<void> {
  const heir = heirId === told.by ? undefined : await reader(tx, heirId, caller.at)
  if (!heir) return
  // Read as the house: what came to him is told, whosever handover it was.
  const { person, passed } = await handoversActions.handover(tx, caller, { id: told.handoverId })
  const mine = passedTo(told, heirId).map(({ kind, count }) => ({
    label: say(passed.find((one) => one.kind === kind)?.label ?? { zh: kind }, heir.lang),
    count,
  }))
  if (mine.length === 0) return
  const copy = {
    subject: 'heir',
    subjectId: told.handoverId,
    personId: heirId,
    key: `heir:${told.handoverId}:${heirId}`,
  }
  await deliverCard(tx, caller, platforms, copy, heirCard({ name: person.name, passed: mine }, heir.lang))
}
