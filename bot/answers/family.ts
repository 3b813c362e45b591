import { isOfName } from './match.ts'
import type { Asked } from './pick.ts'
import { familyMax } from './query.ts'

/** Items that are called by one name without size or colour: a question that adds up is about them all. What only a number fits, or a shorter word than that, is no family. */
export function familyOf({ slots, known }: Asked, shortest = 2): string[] | undefined {
  const { items, itemParts } = slots
  if (items.length < 2 || items.length > familyMax) return undefined
  const words = itemParts.flatMap((part) => part.named.split(' '))
  return words.some((word) => word.length >= shortest && isOfName(word, known.items))
    ? items.map(({ entry }) => entry.id)
    : undefined
}
