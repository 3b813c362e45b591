import { Refusal } from '#contract'
import { allow, type Caller, canRead } from '#kernel/caller'

const reading = { zh: '查看凭证', en: 'see vouchers' }

/** Vouchers are the whole of the books: whoever may read them sees every customer's, and there is nothing to cut; so he must read amounts and costs. */
export function mayReadVouchers(caller: Caller): void {
  allow(caller, 'voucher.read', reading)
  if (!canRead(caller, 'amount') || !canRead(caller, 'cost')) throw new Refusal('forbidden', { doing: reading })
}

export function mayWriteTemplates(caller: Caller): void {
  mayReadVouchers(caller)
  allow(caller, 'voucher_template.write', { zh: '修改凭证模板', en: 'change voucher templates' })
}
