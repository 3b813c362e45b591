import type { Tx } from '#kernel/db'

// Customers and suppliers are numbered through, whatever the month: C00042.
const noMonth = ''

/** The next `count` numbers of a kind. Whoever takes numbers holds the sequence until his transaction ends, so none is lost. */
export async function takeNumbers(tx: Tx, prefix: string, count: number): Promise<string[]> {
  const [sequence] = await tx.$queryRaw<{ last: number }[]>`
    insert into number_sequence (prefix, month, last) values (${prefix}, ${noMonth}, ${count})
    on conflict (prefix, month) do update set last = number_sequence.last + ${count} returning last`
  const first = (sequence?.last ?? count) - count + 1
  return Array.from({ length: count }, (_, i) => `${prefix}${String(first + i).padStart(5, '0')}`)
}

/** From here to the end of the transaction nobody else registers a customer: whom we do not find, nobody is just adding. */
export async function holdRegister(tx: Tx, prefix: string): Promise<void> {
  await takeNumbers(tx, prefix, 0)
}
