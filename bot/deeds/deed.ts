import { z } from 'zod'
import { Day, Entered, Id, Instant, type Lang, Price } from '#contract'
import { NewAlert } from '#contract/engines/alerts'
import { FollowUpKind } from '#contract/modules/parties'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Card } from '../card.ts'

/** An order or a quotation: goods for a customer out of a warehouse. */
export const SaleDeed = z.strictObject({
  do: z.literal('sale'),
  document: z.enum(['sales_order', 'quotation']),
  customerId: Id,
  warehouseId: Id,
  /** Without a price the price rule decides. */
  lines: z
    .array(
      z.strictObject({
        itemId: Id,
        entered: Entered,
        price: Price.nullable(),
        /** Where a price of its own comes from: what he said, or so much less than usual; else that of last time. */
        priceFrom: z.enum(['said', 'discount']).optional(),
      }),
    )
    .min(1)
    .max(20),
  backorder: z.boolean(),
  promisedOn: Day.optional(),
  /** How many days the goods of a quotation are held. */
  holdDays: z.number().int().min(1).max(15).optional(),
  /** What was said and nothing was made of. */
  unused: z.string().max(80).optional(),
})
export type SaleDeed = z.output<typeof SaleDeed>

/** What was said or done with a customer, to be written down. */
export const LogDeed = z.strictObject({
  do: z.literal('log'),
  customerId: Id,
  kind: FollowUpKind,
  text: z.string().min(1).max(500),
  nextOn: Day.optional(),
})
export type LogDeed = z.output<typeof LogDeed>

/** A word to whoever looks after a customer. */
export const RemindDeed = z.strictObject({
  do: z.literal('remind'),
  customerId: Id,
  reason: z.enum(['ar', 'delivery', 'other']),
  text: z.string().min(1).max(500),
})
export type RemindDeed = z.output<typeof RemindDeed>

/** Something that somebody wants to be told of whenever it happens. */
export const AlertDeed = NewAlert.omit({ id: true }).extend({ do: z.literal('alert') })
export type AlertDeed = z.output<typeof AlertDeed>

/** What he wants to be told of no more. */
export const EndAlertsDeed = z.strictObject({
  do: z.literal('endAlerts'),
  alerts: z.array(z.strictObject({ id: Id, words: z.string() })).min(1),
})
export type EndAlertsDeed = z.output<typeof EndAlertsDeed>

/** What the chat does for somebody once he has confirmed it. */
export const Deed = z.discriminatedUnion('do', [SaleDeed, LogDeed, RemindDeed, AlertDeed, EndAlertsDeed])
export type Deed = z.output<typeof Deed>
export type DeedName = Deed['do']
export type DeedOf<N extends DeedName> = Extract<Deed, { do: N }>

/**
 * A deed that waits for its confirmation, as the buttons of its card carry it. `id` is what the deed makes: pressed twice, it is made once.
 * `asked`: the doubts that were asked about already.
 */
export const Proposal = z.object({
  id: Id,
  until: Instant,
  lang: z.enum(['zh', 'en']),
  asked: z.array(z.string()),
  deed: Deed,
})
export type Proposal = z.output<typeof Proposal>

/** Something unusual about a deed, asked about once more before it is done. */
export type Doubt = { code: string; words: string }

export type Shown = Pick<Card, 'title' | 'subtitle' | 'parts' | 'link'> & { tag?: string; colour?: Card['colour'] }
/** A way to confirm: usually one, another where the deed as it was said cannot be done. */
export type Way<D> = { name: string; label: string; deed: D }
export type Shape<D> = Shown & {
  ways: Way<D>[]
  /** The word for having it written as a draft, to be changed in the app. */
  amend?: string
}

/** How deeds of a kind are shown, done and undone. All of it with the rights of whoever asked. */
export type DeedKind<D> = {
  show: (caller: Caller, deed: D, lang: Lang) => Promise<Shape<D>>
  doubts: (caller: Caller, deed: D, lang: Lang) => Promise<Doubt[]>
  carryOut: (tx: Tx, caller: Caller, id: string, deed: D) => Promise<void>
  /** Writes it as a draft only. */
  amend?: (tx: Tx, caller: Caller, id: string, deed: D) => Promise<void>
  undo: (tx: Tx, caller: Caller, id: string, deed: D) => Promise<void>
  /** What has become of it, as it stands now. */
  done: (caller: Caller, id: string, deed: D, lang: Lang) => Promise<Shown>
}
