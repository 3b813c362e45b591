import dayjs from 'dayjs'
import type { LocationQuery } from 'vue-router'
import { today } from '../../../ui/moments.ts'
import type { Entry } from './entry.model.ts'
import type { SaleKind } from './sale-kind.ts'

const quotationDays = 15

/** A new entry as an address asks for it: for a customer, a quotation with the usual validity. */
export function startFor(entry: Entry, query: LocationQuery): Entry {
  const id = typeof query.customer === 'string' ? query.customer : undefined
  return { ...entry, customer: id ? { id, name: typeof query.name === 'string' ? query.name : '' } : null }
}

export const usualValidity = (): string => dayjs(today()).add(quotationDays, 'day').format('YYYY-MM-DD')

/** A document taken up again: what of it the server has, so that only changes are sent. */
export function takenUp(kind: SaleKind, entry: Entry, { id, version }: { id: string; version: number }): Entry {
  const known: Entry = { ...entry, saved: { id, version, content: '' } }
  return { ...known, saved: { id, version, content: JSON.stringify(kind.written(known)) } }
}
