import { defineDocument, type Facts, type Fields } from '#contract'
import type { FlowDraft } from '#contract/engines/approvals'
import { FlowDraft as FlowDraftSchema } from '#contract/engines/approvals'
import { RuleDraft } from '#contract/engines/rules'
import { type Caller, type Rights, systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import {
  approvalInvariants,
  approvalsActions,
  connectDirectory,
  flowsFor,
  openApproval,
  registerSubject,
} from '#server/engines/approvals'
import { registerDocument } from '#server/engines/forms'
import { decide, registerFactFields, rulesActions } from '#server/engines/rules'

/**
 * A small company with documents of its own, for tests of the engines: they know no module, so neither do their tests.
 *
 *   boss ── manager ── seller, helper        boss ── director        boss ── left (has left)
 */
export const ids = Object.fromEntries(
  ['boss', 'manager', 'seller', 'helper', 'director', 'left', 'stranger'].map((name) => [name, newId()]),
) as Record<PersonName, string> // the names above are those of PersonName
export type PersonName = 'boss' | 'manager' | 'seller' | 'helper' | 'director' | 'left' | 'stranger'

const managers: Partial<Record<PersonName, PersonName>> = {
  manager: 'boss',
  director: 'boss',
  left: 'boss',
  seller: 'manager',
  helper: 'manager',
}
const roles: Record<string, PersonName[]> = {
  manager: ['manager'],
  finance: ['director'],
  leaders: ['boss', 'manager', 'director'],
  sellers: ['seller', 'helper'],
  nobody: [],
}
const nameOf = (id: string): PersonName | undefined =>
  (Object.keys(ids) as PersonName[]).find((name) => ids[name] === id) // ids was made of these names

/** Who stands in for whom; a test sets it and takes it away again. */
export const deputies = new Map<PersonName, PersonName>()

export const at = (time: string): Date => new Date(`2026-11-02T${time}:00+08:00`)
export const later = (hours: number): Date => new Date(at('09:00').getTime() + hours * 3_600_000)

const rights = (actions: string[], reads: string[]): Rights => ({
  actions: new Set(actions),
  scopes: {},
  reads: new Set(reads),
  writes: new Set(),
  team: [],
  unlimited: false,
})

/** Somebody at work; sellers may not read margins. */
export function as(name: PersonName, moment = at('09:00'), actions: string[] = []): Caller {
  const reads = name === 'seller' || name === 'helper' || name === 'stranger' ? [] : ['margin']
  return { ...systemCaller(moment, ids[name]), name, rights: rights(['approval.vote', ...actions], reads), via: 'h5' }
}
export const designer = (moment = at('08:00')): Caller => as('boss', moment, ['rules.design', 'flows.design'])

const fields: Fields = {
  number: { kind: 'text', label: { zh: '单号', en: 'Number' } },
  customer: { kind: 'text', label: { zh: '客户', en: 'Customer' } },
  amount: { kind: 'money', label: { zh: '金额', en: 'Amount' } },
  margin: { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin' },
}
export const factFields: Fields = {
  amount: { kind: 'money', label: { zh: '金额', en: 'Amount' } },
  creditUsed: { kind: 'percent', label: { zh: '信用额度使用', en: 'Credit used' } },
  margin: { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin' },
  floor: { kind: 'percent', label: { zh: '毛利下限', en: 'Margin floor' }, group: 'margin' },
  level: {
    kind: 'choice',
    label: { zh: '客户等级', en: 'Customer level' },
    options: ['A', 'B', 'C'].map((value) => ({ value, label: { zh: value } })),
  },
  rush: { kind: 'yesNo', label: { zh: '加急', en: 'Rush' } },
  tags: {
    kind: 'choices',
    label: { zh: '标签', en: 'Tags' },
    options: ['new', 'export'].map((value) => ({ value, label: { zh: value } })),
  },
  dueOn: { kind: 'day', label: { zh: '交期', en: 'Due on' } },
}

/** The facts of each document now; a test changes them as life would. */
export const factsNow = new Map<string, Facts>()
/** Who may read a document, besides everybody in the company. */
export const hidden = new Set<string>()

function aDocumentType(name: string, prefix: string): void {
  registerDocument(
    defineDocument({
      name,
      label: { zh: `试验${prefix}`, en: `Trial ${prefix}` },
      page: `/${name}/:id`,
      numbers: prefix,
      title: 'number',
      summary: ['customer', 'amount', 'margin'],
      states: {
        draft: { label: { zh: '草稿' }, colour: 'grey' },
        submitted: { label: { zh: '审批中' }, colour: 'orange' },
      },
      moves: { submit: { from: ['draft'], to: 'submitted', label: { zh: '提交', en: 'Submit' }, done: 'Submitted' } },
      fields,
    }),
  )
  registerFactFields(name, factFields)
  registerSubject(name, {
    reassess: async (tx, _, documentId) => {
      const fired = await decide(tx, { document: name, event: 'submit', facts: factsNow.get(documentId) ?? {} })
      return {
        needed: fired.some((rule) => rule.actions.some((action) => action.do === 'require_approval')),
        facts: fired,
      }
    },
    conditionFacts: async (_, documentId) => factsNow.get(documentId) ?? {},
    mayRead: async (_, __, documentId) => !hidden.has(documentId),
  })
}

/** Furnishes the engines; to be called once in a test file. */
export function openCompany(): void {
  aDocumentType('trial_order', 'TO')
  aDocumentType('trial_purchase', 'TP')
  connectDirectory({
    namesOf: async (_, personIds) => new Map(personIds.flatMap((id) => (nameOf(id) ? [[id, nameOf(id) ?? '']] : []))),
    person: async (_, id) => (nameOf(id) ? { active: nameOf(id) !== 'left' } : null),
    holdersOf: async (_, role) => (roles[role] ?? []).map((name) => ids[name]),
    managerOf: async (_, id) => {
      const manager = managers[nameOf(id) ?? 'boss']
      return manager ? ids[manager] : null
    },
    deputyOf: async (_, id) => {
      const deputy = deputies.get(nameOf(id) ?? 'boss')
      return deputy ? ids[deputy] : null
    },
  })
}

/** Publishes a flow as a company would send it: plain JSON through the contract. */
export async function publishedFlow(draft: unknown): Promise<number> {
  const input: FlowDraft = FlowDraftSchema.parse(draft)
  const { key, revision } = await perform(designer(), approvalsActions.saveFlow, input)
  return (await perform(designer(), approvalsActions.publishFlow, { key, revision })).version
}

export async function publishedRule(draft: unknown): Promise<number> {
  const { key, revision } = await perform(designer(), rulesActions.saveRule, RuleDraft.parse(draft))
  return (await perform(designer(), rulesActions.publishRule, { key, revision })).version
}

export type Submitted = { id: string; approvalId: string | null; state: string }

/** What a module does when one of its documents makes a move that may have to be approved. */
export async function submitted(
  document: string,
  facts: Facts,
  caller = as('seller'),
  owner: PersonName = 'seller',
): Promise<Submitted> {
  const id = newId()
  factsNow.set(id, facts)
  return perform(
    caller,
    async (tx) => {
      const fired = await decide(tx, { document, event: 'submit', facts })
      const flows = await flowsFor(tx, { document, move: 'submit', fired })
      if (flows.length === 0) return { id, approvalId: null, state: 'confirmed' }
      const approval = await openApproval(tx, caller, {
        document,
        documentId: id,
        documentNumber: `T-${id.slice(-6)}`,
        move: 'submit',
        flows,
        ownerId: ids[owner],
        facts: fired,
        summary: {
          customer: '宏达装饰',
          amount: facts['amount'] ?? null,
          margin: facts['margin'] ?? null,
          names: {},
          custom: {},
        },
      })
      return { id, approvalId: approval.id, state: approval.state }
    },
    undefined,
  )
}

/** Whom an approval waits for, by name. */
export async function waitsFor(approvalId: string): Promise<string[]> {
  const tasks = await db.approvalTask.findMany({ where: { approvalId, kind: 'approve', state: 'waiting' } })
  return tasks.map((task) => nameOf(task.assigneeId) ?? task.assigneeId).sort()
}

/** The facts that were told about an approval, oldest first. */
export async function toldOf(approvalId: string): Promise<{ name: string; body: Record<string, unknown> }[]> {
  const events = await db.event.findMany({
    where: { body: { path: ['approvalId'], equals: approvalId } },
    orderBy: { id: 'asc' },
  })
  return events.map(({ name, body }) => ({ name, body: body as Record<string, unknown> })) // every fact has an object for a body
}

/** The invariants that do not hold, with where: there should be none after anything a test has done. */
export async function brokenInvariants(): Promise<string[]> {
  const found = await Promise.all(approvalInvariants.map(async ({ id, find }) => ({ id, where: await find(db) })))
  return found.flatMap(({ id, where }) => (where ? [`${id}: ${where.number} ${where.detail}`] : []))
}
