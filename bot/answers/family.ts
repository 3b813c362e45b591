import { isOfName } from './match.ts'
import type { Asked } from './asked.ts'
import { familyMax } from './query-parts.ts'

/** Items that are called by one name without size or colour: a question that adds up is about them all. What only a number fits, or a shorter word than that, is no family. */
export function familyOf({ slots, known }: Asked, shortest = 2): string[] | undefined {
  const { items, itemParts } = slots
  if (items.length < 2 || items.length > familyMax) return undefined
  const words = itemParts.flatMap((part) => part.named.split(' '))
  // Also where the name was only heard: 密丰胶.
  const isNamed =
    items.every(({ entry }) => entry.name === items[0]?.entry.name) &&
    words.some((word) => /\p{Script=Han}{2,}/u.test(word))
  return isNamed || words.some((word) => word.length >= shortest && isOfName(word, known.items))
    ? items.map(({ entry }) => entry.id)
    : undefined
}

/** Whether a family is of one kind of goods: 4寸合页 and 5寸合页 are both 合页, 门锁拉手 is no 门锁. */
export function isOneKind({ slots: { items, itemParts } }: Asked): boolean {
  const words = itemParts.flatMap((part) => part.named.split(' ')).filter((word) => word.length > 1)
  const [first] = items
  return (
    items.every(({ entry }) => entry.name === first?.entry.name) ||
    words.some((word) => items.every(({ entry }) => entry.forms.some((form) => form.endsWith(word))))
  )
}
