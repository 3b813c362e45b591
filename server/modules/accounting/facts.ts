import type { Text } from '#contract'
import type { Fact } from '#kernel/events'

/** From now on lines of this event's vouchers go to other accounts; both sides tell all that was chosen. */
export type TemplateChanged = Fact<
  'accounting.template-changed',
  { event: string; before: Record<string, string>; after: Record<string, string> }
>

/** A company that has books from before keeps vouchers from now on; told once, by the migration that brings them. */
export type VouchersBegun = Fact<'accounting.vouchers-begun', Record<string, never>>

export type AccountAdded = Fact<'accounting.account-added', { code: string; name: Text }>
