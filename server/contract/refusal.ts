import { fill, type Lang, say, type Text } from './text.ts'

/** Why the business says no, and how a person gets on from there. `status` is the HTTP status of the answer. */
export type RefusalText = Text & { status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503 }

/** A field that stands in the way, for the form to mark. */
export type FieldIssue = { field: string; message: string }

const texts = new Map<string, RefusalText>()

/**
 * Declares the refusals of a contract: stable code -> status and words. Placeholders in braces are the refusal's facts. Throws when a code has
 * other words elsewhere: one of the two would never be said.
 */
export function defineRefusals<const R extends Record<string, RefusalText>>(refusals: R): R {
  for (const [code, text] of Object.entries(refusals)) {
    const earlier = texts.get(code)
    if (earlier && (earlier.zh !== text.zh || earlier.status !== text.status))
      throw new Error(`Two refusals have the code ${code}.`)
    texts.set(code, text)
  }
  return refusals
}

/** An expected "no". Everything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly code: string
  readonly facts: Record<string, unknown>
  readonly issues: FieldIssue[]

  constructor(code: string, facts: Record<string, unknown> = {}, issues: FieldIssue[] = []) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
    this.issues = issues
  }

  get status(): number {
    return texts.get(this.code)?.status ?? 409
  }

  /** The sentence a person reads; a fact `{zh, en}` is said in the same language. */
  say(lang: Lang): string {
    const text = texts.get(this.code)
    if (!text) return this.code
    const facts = Object.fromEntries(
      Object.entries(this.facts).map(([name, value]) => [name, isText(value) ? say(value, lang) : value]),
    )
    return fill(say(text, lang), facts)
  }
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'zh' in value

export const allRefusals = (): ReadonlyMap<string, RefusalText> => texts

/** What any call may answer. */
export const commonRefusals = defineRefusals({
  malformed: {
    status: 400,
    zh: '填写有误，请检查标出的内容',
    en: 'Something is not filled in correctly; see the marked fields',
  },
  malformed_json: { status: 400, zh: '请求内容不是有效的 JSON', en: 'The request body is not valid JSON' },
  unsupported_media: { status: 415, zh: '请求内容必须是 JSON', en: 'The request body must be JSON' },
  too_large: { status: 413, zh: '内容太大，请分几次提交', en: 'Too large; send it in several parts' },
  key_missing: {
    status: 400,
    zh: '缺少 Idempotency-Key：每个修改请求都要带一个自己生成的唯一标识',
    en: 'Idempotency-Key is missing: every changing call carries a unique key made by the caller',
  },
  key_reused: {
    status: 409,
    zh: '同一个请求标识已用于另一份内容，请刷新后重试',
    en: 'This key was used for another request; reload and try again',
  },
  not_signed_in: { status: 401, zh: '请先登录', en: 'Please sign in' },
  forbidden: {
    status: 403,
    zh: '没有权限{doing}，如需开通请联系管理员',
    en: 'You may not {doing}; ask the administrator for the right',
  },
  field_forbidden: { status: 403, zh: '没有权限修改「{label}」', en: 'You may not change "{label}"' },
  not_found: { status: 404, zh: '没有找到你可以查看的{what}', en: 'There is no {what} that you may see' },
  stale: {
    status: 409,
    zh: '这张单据刚被修改过，请刷新看过最新内容后再操作',
    en: 'This document has just been changed; reload it and look again before you go on',
  },
  wrong_state: {
    status: 409,
    zh: '{document}当前是「{state}」，不能{doing}',
    en: '{document} is {state}; it cannot {doing} now',
  },
  closed_period: {
    status: 409,
    zh: '{day} 所在期间已结账，请用 {open} 或以后的日期',
    en: 'The period of {day} is closed; use {open} or later',
  },
  too_many: {
    status: 429,
    zh: '操作太频繁，请 {seconds} 秒后再试',
    en: 'Too many requests; try again in {seconds} seconds',
  },
  busy: { status: 503, zh: '系统繁忙，请稍后再试', en: 'The system is busy; try again in a moment' },
})
