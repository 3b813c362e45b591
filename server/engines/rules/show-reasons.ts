import type { Decided, Fields } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Reason, ReasonView } from './contract.ts'
import { figuresOf, sayClause, sayHidden } from './say-clause.model.ts'

/** Rules that fired, in words, for one viewer: figures of fields he may not read are left out. */
export const showReasons = (caller: Caller, fields: Fields, reasons: readonly Reason[]): ReasonView[] =>
  reasons.map(({ rule, version, name, because }) => ({
    rule,
    version,
    name,
    clauses: because.map((clause) => shownClause(caller, fields, clause)),
  }))

function shownClause(caller: Caller, fields: Fields, clause: Decided): ReasonView['clauses'][number] {
  const { field: key, is } = clause
  const field = fields[key]
  const about = { field: key, label: field?.label ?? { zh: key }, is }
  if (!canRead(caller, field?.group))
    return { ...about, actual: '', limit: '', words: sayHidden(clause, fields), hidden: true }
  const words = { zh: sayClause(clause, fields, 'zh'), en: sayClause(clause, fields, 'en') }
  return { ...about, ...figuresOf(clause, fields, caller.lang), words, hidden: false }
}
