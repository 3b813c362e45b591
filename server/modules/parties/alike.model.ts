import type { Text } from '#contract'

type Known = {
  name: string
  shortName: string
  aliases: readonly string[]
  taxNumber: string
  phones: readonly (string | null | undefined)[]
}

/** 'name:…', 'tax:…', 'phone:…': two customers that share one may be the same company. */
export function alikeKeys({ name, shortName, aliases, taxNumber, phones }: Known): string[] {
  const keys = [
    ...[name, shortName, ...aliases].map((one) => keyed('name', bareName(one), 2)),
    keyed(
      'tax',
      taxNumber
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, ''),
      6,
    ),
    ...phones.map((phone) => phoneKey(phone ?? '')),
  ]
  return [...new Set(keys.filter((key) => key !== null))]
}

/** The key of a phone number, however it is written; null when it has too few digits to tell anybody apart. */
export const phoneKey = (phone: string): string | null =>
  keyed('phone', phone.replace(/\D/g, '').replace(/^(00)?86(?=1\d{10}$)/, ''), 7)

const keyed = (kind: string, value: string, lengthMin: number): string | null =>
  value.length < lengthMin ? null : `${kind}:${value}`

const legalForm = /(股份有限公司|有限责任公司|有限公司|公司|coltd|ltd|inc)$/

/** A name without spaces, brackets and legal form: 「宏达装饰（深圳）有限公司」 is 宏达装饰深圳. */
function bareName(name: string): string {
  const bare = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  return bare.replace(legalForm, '') || bare
}

/** Names those that the caller may see, and counts the others without a word about them. */
export function sayAlike(names: readonly string[], hidden: number): Required<Text> {
  const others = hidden > 0
  return {
    zh: [...names, ...(others ? [`${hidden} 家由其他同事负责的客户`] : [])].join('、'),
    en: [...names, ...(others ? [`${hidden} of other colleagues`] : [])].join(', '),
  }
}
