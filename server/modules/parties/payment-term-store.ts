import type { Tx } from '#kernel/db'
import { PaymentTerm } from './contract.ts'

export async function findPaymentTerms(tx: Tx, codes?: readonly string[]): Promise<PaymentTerm[]> {
  const where = codes && { code: { in: [...new Set(codes)] } }
  const terms = await tx.paymentTerm.findMany({ where, orderBy: { code: 'asc' } })
  return terms.map((term) => PaymentTerm.parse(term))
}

/** Writes terms that are not there yet; the others stay as the company has them. */
export async function insertPaymentTerms(tx: Tx, terms: readonly PaymentTerm[]): Promise<void> {
  await tx.paymentTerm.createMany({ data: terms.map((term) => PaymentTerm.parse(term)), skipDuplicates: true })
}
