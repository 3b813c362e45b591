import { isFields } from '../request-body.ts'
import type { Call } from './call.ts'
import { personBy } from './chats.ts'
import type { RefusalName } from './refusals.ts'
import type { CardInstance, CardValues } from './state.ts'
import { faultOfValues } from './template.ts'
import type { Template } from './template.ts'

const PRIVATE_BYTES_MAX = 1024

/** Absent is 1: userids. */
export function isIdType(value: unknown): boolean {
  return value === undefined || value === 1 || value === 2
}

/** By which of their ids the call names people. */
export function idTypeOf(call: Call): 'userId' | 'unionId' {
  return call.body['userIdType'] === 2 ? 'unionId' : 'userId'
}

/** The variables of everybody. All of them are texts, whatever they stand for. */
export function checkedValues(
  call: Call,
  template: Template,
  given: unknown,
  notText: RefusalName,
  notShaped: RefusalName,
): Record<string, string> {
  const values = textsIn(given)
  call.require(notText, values)
  const fault = faultOfValues(template, values)
  call.require(notShaped, !fault, fault)
  return values
}

/** The variables of single viewers, by the keys of those people. */
export function checkedPrivate(
  call: Call,
  template: Template,
  given: unknown,
  wrong?: RefusalName,
): Record<string, Record<string, string>> {
  const listed = Object.entries(isFields(given) ? given : {}).map(([id, inner]) => {
    const values = textsIn(isFields(inner) ? inner['cardParamMap'] : undefined)
    call.require(wrong ?? 'card_private_not_text', values, id)
    const longest = Object.entries(values).find(([, text]) => Buffer.byteLength(text) > PRIVATE_BYTES_MAX)
    call.require(wrong ?? 'card_private_too_long', !longest, longest?.[0])
    const person = personBy(call.dingtalk, idTypeOf(call), id)
    call.require(wrong ?? 'card_private_of_stranger', person, id)
    const fault = faultOfValues(template, values)
    call.require(wrong ?? 'card_private_not_text', !fault, fault)
    return [person.key, values] as const
  })
  return Object.fromEntries(listed)
}

/** A card's variables after a change: by key where its options say so, else everything is replaced. */
export function changedBy(
  card: CardInstance,
  options: unknown,
  shared: Record<string, string> | undefined,
  own: Record<string, Record<string, string>> | undefined,
): CardValues {
  const now = card.versions.at(-1) ?? { shared: {}, own: {} }
  const says = (name: string) => isFields(options) && options[name] === true
  const merged = Object.entries(own ?? {}).map(([person, values]) => [
    person,
    says('updatePrivateDataByKey') ? { ...now.own[person], ...values } : values,
  ])
  return {
    shared: shared === undefined ? now.shared : says('updateCardDataByKey') ? { ...now.shared, ...shared } : shared,
    own: { ...now.own, ...Object.fromEntries(merged) },
  }
}

/** A map of texts to texts, or nothing. */
export function textsIn(given: unknown): Record<string, string> | undefined {
  if (!isFields(given)) return undefined
  const texts = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return texts.length === Object.keys(given).length ? Object.fromEntries(texts) : undefined
}
