import type { Input } from '#contract'
import { mergedCustom } from '#server/engines/forms'
import type { parties } from './contract.ts'
import type { CustomerFields } from './customer-store.ts'

export type CreateCustomer = Input<(typeof parties)['endpoints']['createCustomer']>

/** The fields of a customer that somebody asks to have registered. */
export function customerFields(input: CreateCustomer): CustomerFields {
  const { name, shortName, level, termCode } = input
  return {
    name,
    shortName,
    level,
    termCode,
    region: input.region ?? '',
    industry: input.industry ?? '',
    address: input.address ?? '',
    phone: input.phone ?? null,
    taxNumber: input.taxNumber ?? '',
    creditLimit: input.creditLimit ?? '0',
    note: input.note ?? '',
    aliases: input.aliases ?? [],
    custom: mergedCustom({}, input.custom),
  }
}
