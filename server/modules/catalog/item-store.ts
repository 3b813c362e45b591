import { Refusal, type UnitRatio } from '#contract'
import { sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import { Prisma } from '#kernel/prisma/client'
import type { Variant } from './family.model.ts'
import type { Barcode } from './item.model.ts'
import { searchColumns } from './search-store.ts'

/** What an item is made of when it is saved; its units begin with the base unit. */
export type ItemFields = {
  code: string
  name: string
  spec: string
  category: string
  brand: string
  familyId: string | null
  variant: Variant
  baseUnit: string
  tracking: string
  taxRate: string
  listPrice: string
  floorPrice: string | null
  reorderPoint: string
  allowNegative: boolean
  active: boolean
  aliases: string[]
  custom: Record<string, never>
}
type ItemParts = { id: string; units: readonly UnitRatio[]; barcodes: readonly Barcode[] }
export type NewItem = ItemFields & ItemParts & { createdAt: Date }

const whole = {
  family: { select: { name: true } },
  units: true,
  barcodes: { orderBy: { code: 'asc' } },
} satisfies Prisma.ItemInclude
export type StoredItem = Prisma.ItemGetPayload<{ include: typeof whole }>

export async function findItem(tx: Tx, id: string): Promise<StoredItem | undefined> {
  return (await findItems(tx, { id }))[0]
}

/** Items in the order of their codes, each with its units, the base unit first and then from small to large. */
export async function findItems(
  tx: Tx,
  where: { id: string } | { id: { in: string[] } } | { familyId: string },
): Promise<StoredItem[]> {
  const items = await tx.item.findMany({ where, include: whole, orderBy: { code: 'asc' } })
  return items.map((item) => ({ ...item, units: baseFirst(item) }))
}

const baseFirst = ({ baseUnit, units }: StoredItem): StoredItem['units'] =>
  [...units].sort(
    (a, b) =>
      Number(b.unit === baseUnit) - Number(a.unit === baseUnit) ||
      a.numerator / a.denominator - b.numerator / b.denominator,
  )

/** Inserts items with their units and barcodes, set-based; answers how many were new. Taken ids and codes are passed over. */
export async function insertItems(tx: Tx, items: readonly NewItem[]): Promise<number> {
  const rows = JSON.stringify(items.map((item) => ({ ...item, ...searchColumns(item) })))
  const inserted = await tx.$executeRaw`
    insert into item (id, code, name, spec, category, brand, family_id, variant, base_unit, tracking, tax_rate, list_price,
      floor_price, reorder_point, allow_negative, active, aliases, pinyin, initials, grams, search_text, custom, created_at)
    select id, code, name, spec, category, brand, "familyId", variant, "baseUnit", tracking, "taxRate", "listPrice",
      "floorPrice", "reorderPoint", "allowNegative", active, aliases, pinyin, initials, grams, "searchText", custom, "createdAt"
    from jsonb_to_recordset(${rows}::jsonb) as new_item(
      id uuid, code text, name text, spec text, category text, brand text, "familyId" uuid, variant jsonb, "baseUnit" text,
      tracking text, "taxRate" numeric, "listPrice" numeric, "floorPrice" numeric, "reorderPoint" numeric,
      "allowNegative" boolean, active boolean, aliases text[], pinyin text, initials text, grams text[], "searchText" text,
      custom jsonb, "createdAt" timestamptz)
    on conflict do nothing`
  if (inserted === items.length) await insertParts(tx, items)
  return inserted
}

/** Saves the fields of the item that was read at `version`. */
export async function updateItem(tx: Tx, id: string, version: number, fields: ItemFields): Promise<void> {
  const data = { ...fields, ...searchColumns(fields), version: { increment: 1 } }
  const { count } = await tx.item.updateMany({ where: { id, version }, data }).catch(lostRaceIfTaken)
  if (count === 0) throw new ChangedMeanwhile()
}

export async function replaceParts(
  tx: Tx,
  item: { id: string; units: UnitRatio[]; barcodes: Barcode[] },
): Promise<void> {
  await tx.barcode.deleteMany({ where: { itemId: item.id } })
  await tx.itemUnit.deleteMany({ where: { itemId: item.id } })
  await insertParts(tx, [item])
}

async function insertParts(tx: Tx, items: readonly ItemParts[]): Promise<void> {
  const units = items.flatMap(({ id, units }) => units.map((unit) => ({ id, ...unit })))
  await tx.$executeRaw`
    insert into item_unit (item_id, unit, numerator, denominator)
    select id, unit, numerator, denominator
    from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as item_part(id uuid, unit text, numerator int, denominator int)`
  const barcodes = items.flatMap(({ id, barcodes }) => barcodes.map((barcode) => ({ itemId: id, ...barcode })))
  const inserted = await tx.$executeRaw`
    insert into barcode (code, item_id, unit)
    select code, "itemId", unit
    from jsonb_to_recordset(${JSON.stringify(barcodes)}::jsonb) as item_barcode(code text, "itemId" uuid, unit text)
    on conflict do nothing`
  if (inserted < barcodes.length) await refuseTakenBarcode(tx, barcodes)
}

async function refuseTakenBarcode(tx: Tx, barcodes: { code: string; itemId: string }[]): Promise<never> {
  const mine = new Map(barcodes.map(({ code, itemId }) => [code, itemId]))
  const there = await tx.barcode.findMany({
    where: { code: { in: [...mine.keys()] } },
    include: { item: { select: { name: true } } },
  })
  const taken = there.find(({ code, itemId }) => mine.get(code) !== itemId)
  throw new Refusal('barcode_taken', { code: taken?.code, item: taken?.item.name })
}

/** Refuses a code, or a place in the family, that another item has. */
export async function refuseTaken(
  tx: Tx,
  id: string,
  fields: Pick<ItemFields, 'code' | 'familyId' | 'variant'>,
): Promise<void> {
  const another = { NOT: { id } }
  if (await tx.item.findFirst({ where: { ...another, code: fields.code }, select: { id: true } }))
    throw new Refusal('code_taken', { code: fields.code }, [{ field: 'code', message: '编码已被使用 / taken' }])
  if (!fields.familyId) return
  const twin = await tx.item.findFirst({
    where: { ...another, familyId: fields.familyId, variant: { equals: fields.variant } },
    select: { code: true },
  })
  if (twin) throw new Refusal('variant_taken', { code: twin.code })
}

/** Somebody took the code between our look and our write: looked at again, it is refused by name. */
export function lostRaceIfTaken(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new ChangedMeanwhile()
  throw error
}

export async function findBarcode(tx: Tx, code: string): Promise<{ itemId: string; unit: string } | null> {
  return tx.barcode.findUnique({ where: { code }, select: { itemId: true, unit: true } })
}

export async function countCategories(tx: Tx): Promise<{ category: string; items: number }[]> {
  return tx.$queryRaw(
    sql`select category, count(*)::int as items from item where active group by category order by category`,
  )
}
