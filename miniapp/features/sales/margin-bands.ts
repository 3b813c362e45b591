import type { Colour, Text } from '#contract'
import { salesOrder } from '#contract/modules/sales'

type Band = { label: Text; colour: Colour }

/** The margin's bands as a tag shows them: 毛利正常, 毛利偏低, 毛利低于底线. */
export const marginBands: Record<string, Band> = Object.fromEntries(
  salesOrder.fields.marginBand.options.map(({ value, label, colour }) => [
    value,
    { colour, label: { zh: `毛利${label.zh}`, en: `Margin ${label.en.toLowerCase()}` } },
  ]),
)
