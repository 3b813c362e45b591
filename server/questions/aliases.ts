import { type Input, type Output, Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { catalogActions } from '#server/modules/catalog'
import { namesOfSeen, partiesActions } from '#server/modules/parties'
import type { questions, SuggestedAlias } from './contract.ts'
import { mayReview } from './questions.ts'
import { insertDecided, listSuggested } from './questions-store.ts'

type Endpoints = (typeof questions)['endpoints']
type Alias = Pick<SuggestedAlias, 'kind' | 'words' | 'targetId'>

/** What two people mean by the same words is worth a name; the rest is a habit of one. */
const peopleMin = 2
const suggestedMax = 50

type Target = { title: string; called: readonly string[] }

/** Suggestions about customers are for those who see them. What a thing is called already needs no suggesting. */
export async function suggestedAliases(tx: Tx, caller: Caller): Promise<Output<Endpoints['suggestedAliases']>> {
  mayReview(caller)
  const found = await listSuggested(tx, peopleMin, suggestedMax)
  const targets = new Map([
    ...(await itemTargets(tx, caller, idsOf(found, 'item'))),
    ...(await customerTargets(tx, caller, idsOf(found, 'customer'))),
  ])
  const aliases = found.flatMap((one) => {
    const target = targets.get(one.targetId)
    return target && !target.called.includes(one.words) ? [{ ...one, target: target.title }] : []
  })
  return { aliases }
}

const idsOf = (found: readonly Alias[], kind: Alias['kind']): string[] => [
  ...new Set(found.flatMap((one) => (one.kind === kind ? [one.targetId] : []))),
]

async function itemTargets(tx: Tx, caller: Caller, ids: readonly string[]): Promise<[string, Target][]> {
  const targets: [string, Target][] = []
  for (const id of ids) {
    const { item, aliases } = await catalogActions.item(tx, caller, { id })
    const name = item.name ?? ''
    targets.push([id, { title: [name, item.spec].filter(Boolean).join(' '), called: [name, ...aliases] }])
  }
  return targets
}

async function customerTargets(tx: Tx, caller: Caller, ids: readonly string[]): Promise<[string, Target][]> {
  const seen = await namesOfSeen(tx, caller, ids)
  return [...seen].map(([id, title]) => [id, { title, called: [title] }])
}

/** Accepted words become another name of what they were used for, which the bot knows from its next question on. */
export async function decideAlias(
  tx: Tx,
  caller: Caller,
  { accept, ...alias }: Input<Endpoints['decideAlias']>,
): Promise<Output<Endpoints['decideAlias']>> {
  mayReview(caller)
  const { aliases } = await suggestedAliases(tx, caller)
  const isSuggested = aliases.some(
    ({ kind, words, targetId }) => kind === alias.kind && words === alias.words && targetId === alias.targetId,
  )
  const state = accept ? 'accepted' : 'rejected'
  const decided = { ...alias, state, decidedBy: caller.personId, decidedAt: caller.at }
  if (!isSuggested || (await insertDecided(tx, decided)) === 0)
    throw new Refusal('not_found', { what: { zh: '建议的别名', en: 'suggested alias' } })
  if (accept) await addName(tx, systemCaller(caller.at, caller.personId), alias)
  return {}
}

/** `caller`: the house, on the administrator's word; he need not be one who keeps items or customers. */
async function addName(tx: Tx, caller: Caller, { kind, words, targetId: id }: Alias): Promise<void> {
  const reason = `机器人别名：${words}`
  if (kind === 'item') {
    const { item, aliases } = await catalogActions.item(tx, caller, { id })
    const added = withName(aliases, words)
    if (added) await catalogActions.editItem(tx, caller, { id, version: item.version ?? 1, aliases: added, reason })
    return
  }
  const { customer, aliases } = await partiesActions.customer(tx, caller, { id })
  const added = withName(aliases, words)
  if (added)
    await partiesActions.editCustomer(tx, caller, {
      id,
      version: customer.version ?? 1,
      aliases: added,
      evenIfAlike: true,
    })
}

const withName = (aliases: readonly string[], words: string): string[] | undefined =>
  aliases.includes(words) ? undefined : [...aliases, words]
