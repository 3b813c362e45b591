import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { newId } from '#kernel/ids'
import { type Definition, publishedDefinition, publishedFor } from '#server/engines/definitions'
import { documentFor } from '#server/engines/forms'
import { factFieldsOf, type Fired, flatFacts } from '#server/engines/rules'
import { announce } from './announce.ts'
import { type Approval, open, type Summary } from './approval.model.ts'
import { insertApproval } from './approval-store.ts'
import { flowBodyOf } from './flow.ts'
import { planSteps } from './plan-steps.ts'
import { subjectOf } from './subjects.ts'
import { withDeputiesNow } from './with-deputies.ts'

/** A document as a view of it has it: values, names of what they link to, and the company's own fields. */
type Summarised = { names: Record<string, string>; custom: Record<string, unknown> } & Record<string, unknown>
export type ToApprove = {
  document: string
  documentId: string
  documentNumber: string
  move: string
  /** Keys of flows, in the order in which they ask: see `flowsFor`. */
  flows: readonly string[]
  ownerId: string
  facts: readonly Fired[]
  /** The document as the house itself sees it: each viewer is shown those fields of its summary that he may read. */
  summary: Summarised
}

/**
 * The flows that a move has to wait for: those that always stand in front of it, then those that the rules ask for.
 * None: nobody need be asked.
 */
export async function flowsFor(
  tx: Tx,
  asked: { document: string; move: string; fired: readonly Fired[] },
): Promise<string[]> {
  const bound = await publishedFor(tx, 'flow', asked.document, asked.move)
  const always = bound.filter((flow) => flowBodyOf(flow).always).map((flow) => flow.key)
  return [...new Set([...always, ...wantedFlows(asked.fired)])]
}

/** The flows that these rules ask for. */
export const wantedFlows = (fired: readonly Fired[]): string[] =>
  fired.flatMap((rule) => rule.actions.flatMap((action) => (action.do === 'require_approval' ? [action.flow] : [])))

/** Opens an approval with the steps its flows have now. Where they leave nobody to ask, it is approved at once. */
export async function openApproval(
  tx: Tx,
  caller: Caller,
  asked: ToApprove,
): Promise<{ id: string; state: Approval['state'] }> {
  const { document, documentId, documentNumber, move, ownerId } = asked
  const flows = await flowsInForce(tx, asked)
  const at = caller.at.toISOString()
  const facts = flatFacts(await subjectOf(document).conditionFacts(tx, documentId))
  const fields = await factFieldsOf(tx, document)
  const asking = { ownerId, openedBy: caller.personId }
  const opened = open({
    id: newId(),
    flows: flows.map(({ definition: { key, version }, body }) => ({ key, version, always: body.always })),
    document,
    documentId,
    documentNumber,
    move,
    steps: await planSteps(
      tx,
      flows.map(({ definition: { key }, body: { nodes } }) => ({ key, nodes })),
      asking,
      facts,
      fields,
    ),
    facts: asked.facts.map(({ rule, version, name, because }) => ({ rule, version, name, because })),
    summary: await summaryValues(tx, document, asked.summary),
    openedBy: caller.personId,
    openedAt: at,
  })
  const approval = await withDeputiesNow(tx, opened, caller.at)
  await insertApproval(tx, approval)
  await publish(tx, caller, announce(null, approval))
  return { id: approval.id, state: approval.state }
}

/** A move that must wait for a flow which is not in force is refused, never let through. */
async function flowsInForce(tx: Tx, { document, move, flows }: ToApprove) {
  const inForce = []
  for (const key of new Set(flows)) {
    const definition: Definition | undefined = await publishedDefinition(tx, 'flow', key)
    if (definition?.document !== document || definition.event !== move) throw new Refusal('flow_missing', { flow: key })
    inForce.push({ definition, body: flowBodyOf(definition) })
  }
  return inForce
}

async function summaryValues(tx: Tx, name: string, seen: Summarised): Promise<Summary> {
  const document = await documentFor(tx, name)
  const value = (key: string): unknown => (document.fields[key]?.stored === 'custom' ? seen.custom[key] : seen[key])
  const kept = (values: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(values).filter(([key, one]) => document.summary.includes(key) && one !== undefined),
    )
  const names = kept(seen.names) as Record<string, string> // names are texts, and keeping some of them changes none
  return {
    values: kept(Object.fromEntries(document.summary.map((key) => [key, value(key)]))),
    names,
    // Whoever searches may not read every field: only by those that everybody reads is it found.
    foundBy: Object.entries(names).flatMap(([key, one]) => (document.fields[key]?.group ? [] : one)),
  }
}
