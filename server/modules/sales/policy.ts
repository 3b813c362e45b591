import { type Decimal, type Document, type Fields, Refusal } from '#contract'
import { allow, type Caller, has, seesOwner, seesWarehouse } from '#kernel/caller'
import { deliveryMoves, type DeliveryState } from './delivery.document.ts'
import { quotationMoves, type QuotationState } from './quotation.document.ts'
import { orderMoves, type OrderState } from './sales-order.document.ts'
import { returnMoves, type ReturnState } from './sales-return.document.ts'

/** What somebody may do with a document: with which right, in which states, and the words: he may not `doing`, it cannot be `done`. */
export type Deed<S extends string> = { right: string; from: readonly S[]; zh: string; doing: string; done: string }
type Deeds<S extends string> = Record<string, Deed<S>>

export const orderDeeds = {
  edit: { right: 'sales_order.write', from: ['draft'], zh: '修改', doing: 'change it', done: 'be changed' },
  submit: {
    right: 'sales_order.submit',
    from: orderMoves.submit.from,
    zh: '提交',
    doing: 'submit it',
    done: 'be submitted',
  },
  withdraw: {
    right: 'sales_order.submit',
    from: orderMoves.withdraw.from,
    zh: '撤回',
    doing: 'withdraw it',
    done: 'be withdrawn',
  },
  cancel: {
    right: 'sales_order.cancel',
    from: orderMoves.cancel.from,
    zh: '取消',
    doing: 'cancel it',
    done: 'be cancelled',
  },
  close: { right: 'sales_order.cancel', from: orderMoves.close.from, zh: '关闭', doing: 'close it', done: 'be closed' },
  plan: {
    right: 'sales_order.submit',
    from: ['confirmed', 'partly_delivered'],
    zh: '安排出库',
    doing: 'plan its delivery',
    done: 'be planned for delivery',
  },
  share: {
    right: 'shares.create',
    from: ['confirmed', 'partly_delivered', 'delivered', 'closed', 'cancelled'],
    zh: '分享给客户',
    doing: 'share it',
    done: 'be shared',
  },
} as const satisfies Deeds<OrderState>

export const quotationDeeds = {
  edit: {
    right: 'quotation.write',
    from: ['draft', ...quotationMoves.revise.from],
    zh: '修改',
    doing: 'change it',
    done: 'be changed',
  },
  submit: {
    right: 'quotation.write',
    from: quotationMoves.submit.from,
    zh: '提交',
    doing: 'submit it',
    done: 'be submitted',
  },
  withdraw: {
    right: 'quotation.write',
    from: quotationMoves.withdraw.from,
    zh: '撤回',
    doing: 'withdraw it',
    done: 'be withdrawn',
  },
  hold: {
    right: 'quotation.write',
    from: ['approved'],
    zh: '留货',
    doing: 'hold stock for it',
    done: 'have stock held',
  },
  release: {
    right: 'quotation.write',
    from: ['approved', 'ordered'],
    zh: '取消留货',
    doing: 'give its stock back',
    done: 'give stock back',
  },
  accept: {
    right: 'sales_order.write',
    from: quotationMoves.accept.from,
    zh: '转订单',
    doing: 'make an order of it',
    done: 'become an order',
  },
  lose: {
    right: 'quotation.write',
    from: quotationMoves.lose.from,
    zh: '标记未成交',
    doing: 'mark it as lost',
    done: 'be marked as lost',
  },
  share: {
    right: 'shares.create',
    from: ['approved', 'ordered', 'expired'],
    zh: '分享给客户',
    doing: 'share it',
    done: 'be shared',
  },
} as const satisfies Deeds<QuotationState>

export const deliveryDeeds = {
  startPicking: {
    right: 'delivery.pick',
    from: deliveryMoves.pick.from,
    zh: '开始拣货',
    doing: 'pick it',
    done: 'be picked',
  },
  scan: { right: 'delivery.pick', from: ['planned', 'picking'], zh: '拣货', doing: 'pick it', done: 'be picked' },
  ship: { right: 'delivery.ship', from: deliveryMoves.ship.from, zh: '出库', doing: 'ship it', done: 'be shipped' },
  sign: { right: 'delivery.ship', from: ['shipped'], zh: '签收', doing: 'have it signed for', done: 'be signed for' },
  cancel: {
    right: 'delivery.ship',
    from: deliveryMoves.cancel.from,
    zh: '取消',
    doing: 'cancel it',
    done: 'be cancelled',
  },
} as const satisfies Deeds<DeliveryState>

export const returnDeeds = {
  edit: { right: 'sales_return.write', from: ['draft'], zh: '修改', doing: 'change it', done: 'be changed' },
  submit: {
    right: 'sales_return.write',
    from: returnMoves.submit.from,
    zh: '提交',
    doing: 'submit it',
    done: 'be submitted',
  },
  withdraw: {
    right: 'sales_return.write',
    from: returnMoves.withdraw.from,
    zh: '撤回',
    doing: 'withdraw it',
    done: 'be withdrawn',
  },
  cancel: {
    right: 'sales_return.write',
    from: returnMoves.cancel.from,
    zh: '取消',
    doing: 'cancel it',
    done: 'be cancelled',
  },
  receive: {
    right: 'sales_return.receive',
    from: returnMoves.receive.from,
    zh: '确认收货',
    doing: 'receive it',
    done: 'be received',
  },
  reverse: {
    right: 'sales_return.reverse',
    from: returnMoves.reverse.from,
    zh: '冲销',
    doing: 'reverse it',
    done: 'be reversed',
  },
  share: {
    right: 'shares.create',
    from: ['approved', 'received'],
    zh: '分享给客户',
    doing: 'share it',
    done: 'be shared',
  },
} as const satisfies Deeds<ReturnState>

/** What this caller may do with a document in this state: the `can` of its view. */
export const can = <S extends string>(caller: Caller, deeds: Deeds<S>, state: S): string[] =>
  Object.keys(deeds).filter((name) => deeds[name] && has(caller, deeds[name].right) && deeds[name].from.includes(state))

/** Refuses unless the caller has the right and the document is in a state that allows it. */
export function allowDeed<S extends string>(
  caller: Caller,
  document: Document<string, Fields, Fields, S>,
  deed: Deed<S>,
  state: S,
): void {
  allow(caller, deed.right, { zh: deed.zh, en: deed.doing })
  if (!deed.from.includes(state))
    throw new Refusal('wrong_state', {
      document: document.label,
      state: document.states?.[state].label,
      doing: { zh: deed.zh, en: deed.done },
    })
}

/** Whether the caller sees a delivery note: one of a warehouse that he reaches, or of what he sold himself, wherever it leaves. */
export const seesDelivery = (caller: Caller, note: { ownerId: string; warehouseId: string }): boolean =>
  seesOwner(caller, 'delivery', note.ownerId) &&
  (note.ownerId === caller.personId || seesWarehouse(caller, note.warehouseId))

type Note = { state: DeliveryState; lines: readonly { picked: Decimal; returned: Decimal }[] }
/** Whether the caller may enter a return of what left with these notes. */
export const mayReturn = (caller: Caller, notes: readonly Note[]): boolean =>
  has(caller, returnDeeds.edit.right) &&
  notes.some(({ state, lines }) => state === 'shipped' && lines.some((line) => line.picked.gt(line.returned)))
