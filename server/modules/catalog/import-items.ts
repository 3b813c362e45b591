import { Refusal } from '#contract'
import { record } from '#server/engines/audit'
import { checkWritten, documentFor } from '#server/engines/forms'
import {
  type Holder,
  type Importable,
  parseInput,
  registerImport,
  registerUse,
  type RowKey,
  type RowValues,
} from '#server/engines/imports'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import { normalise } from '#kernel/search'
import { catalog } from './contract.ts'
import { itemColumns } from './item-import-columns.ts'
import { catalogUses, deleteItems, findAlikeItems, type KnownItem } from './item-import-store.ts'
import { insertItems, type NewItem } from './item-store.ts'
import { rowOf } from './item-view.ts'
import { newItem } from './new-item.ts'
import { insertFirstPrices } from './price-change-store.ts'

/** Items come from sheets too: read as the creation of one reads them, written by the thousand. */
export function registerItemImport(): void {
  registerImport(itemImport)
  for (const use of catalogUses) registerUse(use)
}

const itemImport: Importable<NewItem> = {
  document: 'item',
  right: 'item.write',
  columns: itemColumns,
  reader: async (tx, caller) => {
    const document = await documentFor(tx, 'item')
    return {
      draft: async (values, id) => {
        const input = parseInput(catalog.endpoints.createItem.input, { ...sentOf(values), id }, columnOf)
        await checkWritten(tx, caller, document, input, 'create')
        const item = newItem(input, caller.at)
        return { title: `${item.name} ${item.spec}`.trim(), keys: keysOf(item), input: item }
      },
      known: (drafts) =>
        holders(
          tx,
          drafts.map(({ input }) => input),
        ),
    }
  },
  save: saveItems,
  remove: deleteItems,
}

type Sent = Record<string, unknown>

/** A row as the creation of an item takes it. */
function sentOf({ unit1, holds1, unit2, holds2, barcode, aliases, custom, ...fields }: RowValues): Sent {
  const units = [unitOf(unit1, holds1, 1), unitOf(unit2, holds2, 2)].filter((unit) => unit !== undefined)
  return {
    ...fields,
    custom,
    units,
    barcodes: barcode === undefined ? [] : [{ code: barcode, unit: fields['baseUnit'] }],
    aliases: typeof aliases === 'string' ? aliases.split(/[、,，;；/]/).flatMap((one) => one.trim() || []) : [],
  }
}

/** Both or none: a unit without what it holds, or the reverse, says nothing. */
function unitOf(unit: unknown, holds: unknown, n: number): Sent | undefined {
  if (unit === undefined && holds === undefined) return undefined
  if (unit !== undefined && holds !== undefined) return { unit, numerator: holds }
  const [field, message] =
    unit === undefined
      ? [`unit${n}`, '有换算，没有写单位 / what it holds is given, but no unit']
      : [`holds${n}`, '有单位，没有写换算 / a unit is given, but not what it holds']
  throw new Refusal('malformed', {}, [{ field, message }])
}

/** The column from which a value of the input was made. */
const columnOf = ([first, second]: readonly PropertyKey[]): string => {
  if (first === 'units') return `unit${Number(second) + 1}`
  return first === 'barcodes' ? 'barcode' : String(first ?? '')
}

/** Sizes are written with any of these between their figures: M10x100, M10×100. */
const spellings = (spec: string): string[] => [
  ...new Set([spec, ...['x', 'X', '×', '*'].map((sign) => spec.replace(/(?<=\d)\s*[x×*✕]\s*(?=\d)/gi, sign))]),
]

const codeKey = (code: string): string => `code:${code}`
const nameKey = (name: string, spec: string): string => `name:${normalise(`${name} ${spec}`).replace(/\s+/g, '')}`
const barcodeKey = (code: string): string => `barcode:${code}`

const keysOf = ({ code, name, spec, barcodes }: NewItem): RowKey[] => [
  { key: codeKey(code), unique: { field: 'code', label: { zh: '编码', en: 'Code' } }, defines: true },
  { key: nameKey(name, spec), defines: true },
  ...barcodes.map((barcode) => ({
    key: barcodeKey(barcode.code),
    unique: { field: 'barcode', label: { zh: '条码', en: 'Barcode' } },
  })),
]

async function holders(tx: Tx, items: readonly NewItem[]): Promise<Holder[]> {
  const known = await findAlikeItems(tx, {
    codes: items.map(({ code }) => code),
    called: items.flatMap(({ name, spec }) => spellings(spec).map((one) => ({ name, spec: one }))),
    barcodes: items.flatMap(({ barcodes }) => barcodes.map(({ code }) => code)),
  })
  return known.map(holderOf)
}

function holderOf({ id, code, name, spec, barcodes }: KnownItem): Holder {
  const called = `${code} ${name} ${spec}`.trim()
  return {
    id,
    keys: [codeKey(code), nameKey(name, spec), ...barcodes.map(barcodeKey)],
    words: { zh: `「${called}」`, en: `"${called}"` },
  }
}

async function saveItems(tx: Tx, caller: Caller, items: readonly NewItem[]): Promise<void> {
  if ((await insertItems(tx, items)) < items.length) throw new ChangedMeanwhile()
  await insertFirstPrices(tx, items, caller.personId, caller.at)
  const document = await documentFor(tx, 'item')
  for (const item of items) await record(tx, caller, document, { id: item.id, action: 'create', after: rowOf(item) })
}
