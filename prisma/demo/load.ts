import { v7 } from 'uuid'
import { Decimal, toPrice, toQuantity } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import { newId } from '#kernel/ids'
import { db, type Tx } from '#kernel/db'
import { approvalsActions } from '#server/engines/approvals'
import { rulesActions } from '#server/engines/rules'
import { catchUp } from '#server/modules/accounting'
import { type NewItem, insertFamilies, insertItems, insertPriceLists, insertPriceRules } from '#server/modules/catalog'
import { insertCustomers, insertPaymentTerms, insertSuppliers, standardTerms } from '#server/modules/parties'
import { demoBins } from './bins.ts'
import { demoGoods } from './goods/index.ts'
import { storyGoods, liveThroughTheYear } from './history/year.ts'
import { taxRate, tiersOf, unitsOf } from './history/selling.ts'
import { clockUntil, emptyRows, type Goods, nothing, type Party, untouched, type World } from './history/world.ts'
import { demoFollowUps, demoTargets } from './keeping-in-touch.ts'
import { demoCompany } from './people.ts'
import { demoQuotations } from './quoting.ts'
import { demoCustomers, demoSuppliers } from './parties.ts'
import { chance } from './random.ts'
import { demoFlows, demoRules } from './rules.ts'
import { insertOrganisation } from './organisation-store.ts'
import { insertRows, prepareInsert } from './rows-store.ts'

export type DemoOptions = {
  /** As many times the customers and orders of the demo company. */
  scale?: number
  now?: Date
  log?: (line: string) => void
}

/** Whether nobody has worked here yet. */
export const isEmptyCompany = async (): Promise<boolean> => (await db.person.count()) === 0

const loadingMsMax = 15 * 60_000

/**
 * Fills an empty database with the demo company and a year of its history, the same at every start, ending today. All of it or nothing: a
 * loading that is cut off leaves the database empty. It is one long transaction of its own, which `perform` would not wait for.
 */
export async function loadDemo({ scale = 1, now = new Date(), log = () => {} }: DemoOptions = {}): Promise<void> {
  const luck = chance(20261122)
  const caller = systemCaller(now)
  await db.$transaction(
    async (tx) => {
      log('Making the demo company: people, goods, customers.')
      const organisation = await insertOrganisation(tx, now, demoCompany.name)
      const world = await peopleTheWorld(tx, { now, luck, scale, ...organisation })
      log('Living through its last year: orders, deliveries, receipts.')
      liveThroughTheYear(world, 9 * scale)
      const quoted = demoQuotations(world)
      await prepareInsert(tx)
      for (const [table, rows] of Object.entries(world.rows)) await insertRows(tx, table, rows)
      await insertRows(tx, 'quotation', quoted.quotations)
      await insertRows(tx, 'quotation_line', quoted.lines)
      await insertRows(tx, 'number_sequence', quoted.sequences)
      const placed = demoBins(world.goods, world.warehouseId, world.shopId)
      await insertRows(tx, 'bin', placed.bins)
      await insertRows(tx, 'item_bin', placed.items)
      await insertRows(tx, 'follow_up', demoFollowUps(world))
      await insertRows(tx, 'sales_target', demoTargets(world))
      await publishRules(tx, caller)
      log('Making the vouchers of the year.')
      await catchUp(tx, caller)
    },
    { timeout: loadingMsMax },
  )
  await db.$executeRaw`analyze`
}

async function publishRules(tx: Tx, caller: Caller): Promise<void> {
  for (const flow of demoFlows) {
    const { key, revision } = await approvalsActions.saveFlow(tx, caller, { ...flow, revision: 0, always: false })
    await approvalsActions.publishFlow(tx, caller, { key, revision })
  }
  for (const rule of demoRules) {
    const { key, revision } = await rulesActions.saveRule(tx, caller, { ...rule, revision: 0 })
    await rulesActions.publishRule(tx, caller, { key, revision })
  }
}

type Beginning = {
  now: Date
  luck: World['luck']
  scale: number
  people: Map<string, string>
  warehouses: Map<string, string>
}

async function peopleTheWorld(tx: Tx, { now, luck, scale, people, warehouses }: Beginning): Promise<World> {
  const admin = people.get('ajie')!
  const { families, items } = demoGoods()
  const familyIds = new Map(families.map((family) => [family.code, newId()]))
  await insertFamilies(
    tx,
    families.map((family) => ({ ...family, id: familyIds.get(family.code)!, custom: {} })),
  )
  const goods = items.map((item): Goods => stocked(item, luck.next()))
  await insertItems(
    tx,
    goods.map((item, i) => itemRow(item, familyIds.get(item.family)!, now, i)),
  )
  const generalListId = newId()
  await insertPriceLists(tx, [
    {
      id: generalListId,
      name: '标准价目表',
      level: null,
      customerId: null,
      startsOn: null,
      endsOn: null,
      priority: 0,
      active: true,
      custom: {},
    },
  ])
  await insertPriceRules(
    tx,
    goods.flatMap((item) =>
      tiersOf(item).map((tier) => ({
        priceListId: generalListId,
        itemId: item.id,
        minQuantity: String(tier.from),
        price: tier.price,
      })),
    ),
  )

  await insertPaymentTerms(tx, standardTerms)
  const parties = demoCustomers(300 * scale).map((customer): Party => ({
    ...customer,
    id: newId(),
    ownerId: people.get(customer.owner)!,
    owed: nothing,
    advance: nothing,
    ordered: nothing,
    open: [],
  }))
  await insertCustomers(
    tx,
    parties.map((party, i) => customerRow(party, admin, now, i)),
  )
  const suppliers = demoSuppliers().map((supplier) => ({ ...supplier, id: newId() }))
  await insertSuppliers(
    tx,
    suppliers.map((supplier) => ({
      ...supplier,
      contactName: '',
      address: '',
      taxNumber: '',
      note: '',
      active: true,
      custom: {},
      createdAt: now,
    })),
  )
  const warehouseId = warehouses.get('MAIN')!
  return {
    today: dayAt(now),
    now,
    luck,
    goods,
    parties,
    suppliers,
    people,
    warehouseId,
    shopId: warehouses.get('SHOP')!,
    returnsId: warehouses.get('BACK')!,
    generalListId,
    rows: emptyRows(),
    clock: clockUntil(now, luck),
  }
}

/** How much of an item sells depends on what it costs: cheap ones by the thousand. */
function stocked(item: ReturnType<typeof demoGoods>['items'][number], chance: number): Goods {
  const monthly = Math.max(4, Math.round(((0.4 + chance) * 2400) / (item.listPrice + 0.15) ** 0.75))
  return {
    ...item,
    ...untouched,
    lots: [],
    serials: [],
    id: v7(),
    isStory: storyGoods.has(`${item.name} ${item.spec}`),
    monthly,
    floorPrice: toPrice(new Decimal(item.cost).times('1.06').toDecimalPlaces(3, Decimal.ROUND_UP)),
    reorderPoint: item.listPrice === 0.62 ? '8000' : toQuantity(Math.round(monthly * 0.5)),
  }
}

const itemRow = (item: Goods, familyId: string, now: Date, i: number): NewItem => ({
  id: item.id,
  code: item.code,
  name: item.name,
  spec: item.spec,
  category: item.category,
  brand: item.brand,
  familyId,
  variant: item.variant,
  baseUnit: item.baseUnit,
  tracking: item.tracking,
  taxRate,
  listPrice: toPrice(item.listPrice),
  floorPrice: item.floorPrice,
  reorderPoint: item.reorderPoint,
  allowNegative: false,
  active: true,
  aliases: item.aliases,
  custom: {},
  createdAt: now,
  units: unitsOf(item),
  // Plainly made up: the prefix 200-299 is for use within a company.
  barcodes: [
    { code: `2000000${String(i + 1).padStart(6, '0')}`, unit: item.baseUnit },
    ...item.units.slice(-1).map((unit) => ({ code: `2100000${String(i + 1).padStart(6, '0')}`, unit: unit.unit })),
  ],
})

const customerRow = (
  party: Party,
  admin: string,
  now: Date,
  i: number,
): Parameters<typeof insertCustomers>[1][number] => ({
  id: party.id,
  name: party.name,
  shortName: party.shortName,
  level: party.level,
  state: 'active',
  region: party.region,
  industry: party.industry,
  address: `${party.region}示范路 ${i + 1} 号`,
  phone: `0000-66${String(i).padStart(5, '0')}`,
  taxNumber: '',
  termCode: party.term,
  creditLimit: String(party.creditLimit),
  note: '',
  aliases: [],
  custom: {},
  ownerId: party.ownerId,
  createdAt: now,
  createdBy: admin,
  contacts: [
    {
      id: newId(),
      name: `${party.shortName.slice(0, 1)}经理`,
      role: 'buyer',
      phone: `1980000${String(i).padStart(4, '0')}`,
      email: null,
      isMain: true,
      custom: {},
    },
    {
      id: newId(),
      name: `${party.shortName.slice(1, 2)}会计`,
      role: 'accountant',
      phone: `1970000${String(i).padStart(4, '0')}`,
      email: null,
      isMain: false,
      custom: {},
    },
  ],
})
