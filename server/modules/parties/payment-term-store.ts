import { asSetUp, lookAgain } from '#kernel/as-set-up'
import type { Tx } from '#kernel/db'
import { PaymentTerm } from './contract.ts'

/** All of them, by code: a company has a handful. */
export const findPaymentTerms = (tx: Tx): Promise<PaymentTerm[]> =>
  asSetUp(tx, 'payment terms', async () => {
    const rows = await tx.$queryRaw<object[]>`select code, name, parts from payment_term order by code`
    return rows.map((row) => PaymentTerm.parse(row))
  })

/** Writes terms that are not there yet; the others stay as the company has them. */
export async function insertPaymentTerms(tx: Tx, terms: readonly PaymentTerm[]): Promise<void> {
  await tx.paymentTerm.createMany({ data: terms.map((term) => PaymentTerm.parse(term)), skipDuplicates: true })
  lookAgain(tx)
}
