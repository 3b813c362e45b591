import { z } from 'zod'
import {
  contract,
  Day,
  defineRefusals,
  endpoint,
  Id,
  inputSchema,
  Instant,
  ListInput,
  pageOf,
  Price,
  Quantity,
  Text,
  TimelineEntry,
  Version,
  viewSchema,
} from '#contract'
import { itemFamily } from './item-family.document.ts'
import { item } from './item.document.ts'
import { priceList } from './price-list.document.ts'

export { item, itemFamily, priceList }

export const catalogRefusals = defineRefusals({
  unknown_item: { status: 422, zh: '没有这个商品，请重新选择', en: 'There is no such item; choose again' },
  unknown_barcode: { status: 404, zh: '条码 {code} 没有对应的商品', en: 'No item has the barcode {code}' },
  code_taken: { status: 409, zh: '编码 {code} 已被使用，请换一个', en: 'The code {code} is taken; choose another' },
  barcode_taken: { status: 409, zh: '条码 {code} 已属于「{item}」', en: 'The barcode {code} belongs to "{item}"' },
  bad_unit: { status: 422, zh: '单位「{unit}」：{reason}', en: 'Unit "{unit}": {reason}' },
  unit_in_use: {
    status: 409,
    zh: '单位「{unit}」已用在单据里，换算不能改也不能删，请另加一个新单位',
    en: 'Unit "{unit}" is used in documents: it can be neither changed nor removed; add another unit',
  },
  item_in_use: {
    status: 409,
    zh: '「{item}」已有单据，不能再改{what}，请新建商品',
    en: 'Documents use "{item}", so its {what} can no longer change; make a new item',
  },
  no_price: {
    status: 409,
    zh: '「{item}」还没有定价，请先请销售经理定价',
    en: '"{item}" has no price yet; ask the sales manager for one',
  },
  floor_above_price: { status: 422, zh: '最低售价不能高于售价', en: 'The floor price cannot be above the price' },
  bad_variant: { status: 422, zh: '「{axis}」没有选项「{value}」', en: '"{axis}" has no value "{value}"' },
  variant_taken: { status: 409, zh: '这个规格已有商品 {code}', en: 'This variant exists already: {code}' },
  axes_fixed: {
    status: 409,
    zh: '系列里已有商品，规格项不能增减，只能增加选项',
    en: 'The family has items: its axes stay as they are, but may gain values',
  },
  axis_in_use: {
    status: 409,
    zh: '「{value}」已有商品在用，不能删除',
    en: 'Items use "{value}"; it cannot be removed',
  },
  bad_price_list: { status: 422, zh: '{reason}', en: '{reason}' },
})

export const ItemView = viewSchema(item)
export type ItemView = z.output<typeof ItemView>
const ItemFamilyView = viewSchema(itemFamily)
const PriceListView = viewSchema(priceList)

/** One `unit` holds `numerator / denominator` base units. The base unit comes first. */
const Unit = z.object({ unit: z.string(), numerator: z.number().int(), denominator: z.number().int() })
const UnitInput = z.strictObject({
  unit: z.string().trim().min(1).max(12),
  numerator: z.number().int().min(1).max(1_000_000_000),
  denominator: z.number().int().min(1).max(1_000_000_000).default(1),
})
const BarcodeOf = z.strictObject({
  code: z.string().trim().min(4).max(48),
  unit: z.string().trim().min(1).max(12),
})
/** Which value an item has on each axis of its family: { thread: 'M10', length: '100' }. */
const Variant = z.record(z.string().max(20), z.string().max(40))

export const Axis = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,19}$/),
  label: Text,
  values: z.array(z.string().trim().min(1).max(40)).min(1).max(200),
})
export type Axis = z.output<typeof Axis>

/** Which rule made a price, as a line keeps it and shows it. */
export const PriceTrace = z.object({
  /** customer: his own list; level: of his level; general: for everybody; item: the item's own list price. */
  kind: z.enum(['customer', 'level', 'general', 'item']),
  priceListId: Id.nullable(),
  list: z.string().nullable(),
  level: z.string().nullable(),
  /** The quantity tier that was reached, in base units. */
  minQuantity: Quantity,
  startsOn: Day.nullable(),
  endsOn: Day.nullable(),
  price: Price,
})
export type PriceTrace = z.output<typeof PriceTrace>

/** A price rule in words: 「A 级客户价 · 满 10,000」. */
export function sayPriceTrace(trace: PriceTrace): Required<Text> {
  if (trace.kind === 'item' || !trace.list) return { zh: '标准售价', en: 'List price' }
  if (/^0*(\.0*)?$/.test(trace.minQuantity)) return { zh: trace.list, en: trace.list }
  const tier = trace.minQuantity.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  return { zh: `${trace.list} · 满 ${tier}`, en: `${trace.list} · from ${tier}` }
}

/** A tier of a list that holds today. Prices are absent for those who may not read them. */
const PriceTier = z.object({
  priceListId: Id,
  list: z.string(),
  kind: z.enum(['customer', 'level', 'general']),
  level: z.string().nullable(),
  minQuantity: Quantity,
  startsOn: Day.nullable(),
  endsOn: Day.nullable(),
  price: Price.optional(),
  floorPrice: Price.nullable().optional(),
})
export type PriceTier = z.output<typeof PriceTier>

export const ItemRow = z.object({ item: ItemView, units: z.array(Unit) })
export type ItemRow = z.output<typeof ItemRow>

/** A family as a grid: the values of its axes, and the item that stands in each cell that has one. */
export const FamilyGrid = z.object({
  family: ItemFamilyView,
  axes: z.array(Axis),
  cells: z.array(ItemRow.extend({ variant: Variant })),
})
export type FamilyGrid = z.output<typeof FamilyGrid>

export const ItemDetail = ItemRow.extend({
  barcodes: z.array(BarcodeOf),
  aliases: z.array(z.string()),
  variant: Variant,
  /** Tiers of today's lists, the most particular first. */
  prices: z.array(PriceTier),
  grid: FamilyGrid.nullable(),
})
export type ItemDetail = z.output<typeof ItemDetail>

/** Beside its fields: packing units besides the base unit, barcodes, other names, place in its family. */
const itemParts = {
  units: z.array(UnitInput).max(5).optional(),
  barcodes: z.array(BarcodeOf).max(20).optional(),
  aliases: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
  variant: Variant.optional(),
}

const PriceRuleRow = z.object({
  itemId: Id,
  code: z.string(),
  name: z.string(),
  spec: z.string(),
  baseUnit: z.string(),
  minQuantity: Quantity,
  price: Price.optional(),
  floorPrice: Price.nullable().optional(),
})
export type PriceRuleRow = z.output<typeof PriceRuleRow>
const RuleKey = z.strictObject({ itemId: Id, minQuantity: Quantity.default('0') })
const PriceListDetail = z.object({ priceList: PriceListView, rules: z.number().int() })

/** A price that changed: on a list, or (no list) the item's own. `null` before: new; after: removed. */
const PriceChange = z.object({
  id: Id,
  at: Instant,
  by: z.string(),
  priceListId: Id.nullable(),
  list: z.string().nullable(),
  minQuantity: Quantity,
  reason: z.string(),
  priceBefore: Price.nullable().optional(),
  priceAfter: Price.nullable().optional(),
  floorBefore: Price.nullable().optional(),
  floorAfter: Price.nullable().optional(),
})
export type PriceChange = z.output<typeof PriceChange>

const ById = z.object({ id: Id })
const reason = z.string().trim().max(200).default('')

/** What the company sells, in which units, at which prices. */
export const catalog = contract('catalog', {
  items: endpoint(
    'GET /items',
    { zh: '商品列表与搜索', en: 'Find items by name, pinyin, initials, code, specification or barcode' },
    ListInput.extend({
      category: z.string().max(40).optional(),
      familyId: Id.optional(),
      active: z.stringbool().optional(),
    }),
    pageOf(ItemRow),
  ),
  item: endpoint('GET /items/:id', { zh: '商品详情', en: 'An item' }, ById, ItemDetail),
  createItem: endpoint(
    'POST /items',
    { zh: '新建商品', en: 'Create an item' },
    inputSchema(item, 'create', { id: Id, ...itemParts }),
    ItemDetail,
  ),
  editItem: endpoint(
    'PATCH /items/:id',
    { zh: '修改商品', en: 'Change an item' },
    inputSchema(item, 'patch', { id: Id, version: Version, ...itemParts, reason }),
    ItemDetail,
  ),
  itemTimeline: endpoint(
    'GET /items/:id/timeline',
    { zh: '商品的修改记录', en: 'What happened to an item' },
    ById,
    z.object({ entries: z.array(TimelineEntry) }),
  ),
  priceHistory: endpoint(
    'GET /items/:id/price-history',
    { zh: '调价记录', en: 'How the prices of an item changed: who, when, why' },
    ListInput.omit({ q: true }).extend({ id: Id }),
    pageOf(PriceChange),
  ),
  barcode: endpoint(
    'GET /barcodes/:code',
    { zh: '扫码查商品', en: 'The item and unit of a barcode' },
    z.object({ code: z.string().trim().min(1).max(48) }),
    ItemRow.extend({ unit: z.string() }),
  ),
  categories: endpoint(
    'GET /item-categories',
    { zh: '商品分类', en: 'Categories with their number of active items' },
    z.object({}),
    z.object({ categories: z.array(z.object({ category: z.string(), items: z.number().int() })) }),
  ),

  families: endpoint(
    'GET /item-families',
    { zh: '商品系列', en: 'Item families' },
    ListInput.extend({ category: z.string().max(40).optional() }),
    pageOf(z.object({ family: ItemFamilyView, items: z.number().int() })),
  ),
  family: endpoint(
    'GET /item-families/:id',
    { zh: '系列的规格矩阵', en: 'A family as a grid of variants' },
    ById,
    FamilyGrid,
  ),
  putFamily: endpoint(
    'PUT /item-families/:id',
    { zh: '保存商品系列', en: 'Create or change a family and its axes' },
    inputSchema(itemFamily, 'create', { id: Id, version: Version.optional(), axes: z.array(Axis).min(1).max(4) }),
    FamilyGrid,
  ),

  priceLists: endpoint(
    'GET /price-lists',
    { zh: '价格表', en: 'Price lists' },
    ListInput.omit({ q: true }).extend({ level: z.string().max(20).optional(), active: z.stringbool().optional() }),
    pageOf(PriceListDetail),
  ),
  priceList: endpoint('GET /price-lists/:id', { zh: '价格表详情', en: 'A price list' }, ById, PriceListDetail),
  priceRules: endpoint(
    'GET /price-lists/:id/rules',
    { zh: '价格表的价格', en: 'The prices of a list' },
    ListInput.extend({ id: Id }),
    pageOf(PriceRuleRow),
  ),
  createPriceList: endpoint(
    'POST /price-lists',
    { zh: '新建价格表', en: 'Create a price list' },
    inputSchema(priceList, 'create', { id: Id }),
    PriceListDetail,
  ),
  editPriceList: endpoint(
    'PATCH /price-lists/:id',
    { zh: '修改价格表', en: 'Change a price list' },
    inputSchema(priceList, 'patch', { id: Id, version: Version }),
    PriceListDetail,
  ),
  putPriceRules: endpoint(
    'PUT /price-lists/:id/rules',
    { zh: '保存价格', en: 'Set prices of a list; other prices stay. A floor that is left out stays as it was' },
    z.strictObject({
      id: Id,
      version: Version,
      reason,
      rules: z
        .array(RuleKey.extend({ price: Price, floorPrice: Price.nullable().optional() }))
        .min(1)
        .max(2000),
    }),
    PriceListDetail,
  ),
  removePriceRules: endpoint(
    'POST /price-lists/:id/rules/remove',
    { zh: '删除价格', en: 'Remove prices from a list' },
    z.strictObject({ id: Id, version: Version, reason, rules: z.array(RuleKey).min(1).max(2000) }),
    PriceListDetail,
  ),
})
