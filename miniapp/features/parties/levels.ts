import type { Colour, Text } from '#contract'
import { customer } from '#contract/modules/parties'

/** A customer's level as a tag shows it. */
export const levels: Record<string, { label: Text; colour: Colour }> = Object.fromEntries(
  customer.fields.level.options.map((option) => [option.value, option]),
)
