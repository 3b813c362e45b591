import { z } from 'zod'
import { contract, Day, defineRefusals, endpoint, Id, Instant, Text } from '#contract'

export const sharesRefusals = defineRefusals({
  not_shareable: {
    status: 409,
    zh: '{document}还不能给客户看，请先完成审批',
    en: 'The {document} is not ready for the customer; have it approved first',
  },
  share_closed: {
    status: 404,
    zh: '这个链接打不开了：可能已过期、被收回，或者单据正在修改。请向发给你链接的人再要一个',
    en: 'This link does not open any more: it has ended, was withdrawn, or the document is being changed. Ask whoever sent it for a new one',
  },
})

const kinds = ['text', 'money', 'price', 'quantity', 'day', 'instant'] as const
/** Words stand in the reader's language; figures are shown by their kind. */
const Value = z.union([z.string(), Text]).nullable()
export type SheetValue = z.output<typeof Value>
/** One of the steps that something goes through; a day where nobody knows the moment. */
const Step = z.object({ label: Text, at: z.union([Instant, Day]).nullable(), isDone: z.boolean() })
export type SheetStep = z.output<typeof Step>
const Labelled = z.object({ label: Text, kind: z.enum(kinds), value: Value })

/**
 * A part of a sheet: the figure it is about; facts beside each other; the steps that something goes through, with the moments when
 * it went; a table with its sums; a line of small print.
 */
const SheetPart = z.discriminatedUnion('part', [
  Labelled.extend({ part: z.literal('figure') }),
  z.object({ part: z.literal('facts'), facts: z.array(Labelled) }),
  z.object({
    part: z.literal('steps'),
    steps: z.array(Step),
  }),
  z.object({
    part: z.literal('table'),
    title: Text,
    /** The first column says what a row is about; the main one is what it comes to. */
    columns: z.array(z.object({ label: Text, kind: z.enum(kinds), look: z.enum(['words', 'figure', 'main']) })),
    rows: z.array(z.object({ note: Value, cells: z.array(Value) })),
    sums: z.array(Labelled),
    /** What is said where there are no rows. */
    empty: Text,
  }),
  z.object({ part: z.literal('note'), text: Text }),
])
export type SheetPart = z.output<typeof SheetPart>

/** A document as its customer sees it, on his phone or on paper: plain data, the same for every kind of document. */
export const Sheet = z.object({
  title: Text,
  number: z.string(),
  company: z.string(),
  customer: z.string(),
  state: z.object({ label: Text, colour: z.enum(['grey', 'blue', 'orange', 'green', 'red']) }).nullable(),
  /** The moment that it holds for. */
  at: Instant,
  parts: z.array(SheetPart),
})
export type Sheet = z.output<typeof Sheet>

/** What a sheet is asked for besides its document: the days of a statement; without an end, up to the day it is opened. */
export const SheetArguments = z.object({ from: Day.optional(), to: Day.optional() })
export type SheetArguments = z.output<typeof SheetArguments>

const ShareLinkView = z.object({
  id: Id,
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  isOpen: z.boolean(),
  isRevoked: z.boolean(),
  opens: z.number().int(),
  lastOpenedAt: Instant.nullable(),
  arguments: SheetArguments,
})
export type ShareLinkView = z.output<typeof ShareLinkView>

const Subject = z.object({ document: z.string().max(40), documentId: Id })

/** Documents given to customers: the sheet itself, and the links under which it can be read without signing in. */
export const shares = contract('shares', {
  sheet: endpoint(
    'GET /sheets/:document/:documentId',
    { zh: '单据的客户版，用于打印', en: 'A document as its customer sees it, to print' },
    Subject.extend(SheetArguments.shape),
    Sheet,
  ),
  shareLinks: endpoint(
    'GET /share-links',
    { zh: '一张单据的分享链接', en: 'The links under which a document is shared' },
    Subject,
    z.object({ rows: z.array(ShareLinkView) }),
  ),
  createShareLink: endpoint(
    'POST /share-links',
    { zh: '生成分享链接', en: 'Make a link to share a document' },
    z.strictObject({
      id: Id,
      ...Subject.shape,
      ...SheetArguments.shape,
      /** 32 random bytes in base64url, made by the caller: the address is /s/TOKEN, and only the token's hash is kept here. */
      token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: '必须是 32 字节随机数 / must be 32 random bytes' }),
      days: z.number().int().min(1).max(365).default(30),
    }),
    ShareLinkView,
  ),
  revokeShareLink: endpoint(
    'POST /share-links/:id/revoke',
    { zh: '收回分享链接', en: 'Withdraw a link' },
    z.strictObject({ id: Id }),
    ShareLinkView,
  ),
})

/** What whoever has the address may read, without signing in. */
export const sharing = contract('sharing', {
  shared: endpoint(
    'GET /shared/:token',
    { zh: '打开分享链接', en: 'Open a shared document' },
    z.object({ token: z.string().max(200) }),
    Sheet,
    { open: true },
  ),
})
