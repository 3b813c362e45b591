import { defineRefusals } from '#contract'

/** Why a receipt, a day or a period is refused, and the way out. */
export const financeRefusals = defineRefusals({
  over_allocated: {
    status: 409,
    zh: '{number} 只剩 ¥{open} 未收，不能核销 ¥{amount}，请改小金额',
    en: 'Only ¥{open} of {number} is open; ¥{amount} cannot be allocated to it',
  },
  receipt_exhausted: {
    status: 409,
    zh: '这笔收款只剩 ¥{left} 可核销，不够 ¥{amount}，请改小金额',
    en: 'Only ¥{left} of this receipt is left; it does not cover ¥{amount}',
  },
  nothing_open: {
    status: 409,
    zh: '这家客户没有未收的应收，收款已留作预收',
    en: 'This customer owes nothing now; the receipt is kept as an advance',
  },
  credit_of_return: {
    status: 409,
    zh: '{number} 是退货抵款，要冲销请冲销退货单',
    en: '{number} is the credit of a return; reverse the return instead',
  },
  day_ahead: {
    status: 422,
    zh: '{day} 还没到，请填写 {today} 或之前的日期',
    en: '{day} has not come yet; use {today} or an earlier day',
  },
  period_not_over: {
    status: 422,
    zh: '{until} 还没过完，最多只能结账到 {last}',
    en: '{until} is not over yet; the latest day to close is {last}',
  },
  period_closed_already: {
    status: 409,
    zh: '已经结账到 {closedUntil}，要退回请用反结账',
    en: 'Closed until {closedUntil} already; to go back, open the period again',
  },
  nothing_to_open: {
    status: 409,
    zh: '没有可以反结账的期间',
    en: 'There is no closed period to open again',
  },
  statement_too_long: {
    status: 422,
    zh: '对账单的起止日期要先后正确，且不超过一年',
    en: 'A statement begins before it ends and covers at most a year',
  },
})
