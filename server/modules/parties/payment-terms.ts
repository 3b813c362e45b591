import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { PaymentTerm } from './contract.ts'
import { findPaymentTerms } from './payment-term-store.ts'

export async function listPaymentTerms(tx: Tx, _caller: Caller): Promise<{ terms: PaymentTerm[] }> {
  return { terms: await findPaymentTerms(tx) }
}

/** The terms of a code; a code that is none is refused. */
export async function paymentTerm(tx: Tx, code: string): Promise<PaymentTerm> {
  const term = (await findPaymentTerms(tx)).find((one) => one.code === code)
  if (!term)
    throw new Refusal('unknown_term', { code }, [{ field: 'termCode', message: '没有这个付款条件 / no such terms' }])
  return term
}
