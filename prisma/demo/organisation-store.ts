import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { searchColumns } from '#kernel/search'
import { companyName } from '#server/modules/org'
import { systemCaller } from '#kernel/caller'
import { writeSetting } from '#kernel/settings'
import { demoDepartments, demoPeople } from './people.ts'

const warehouses = [
  { code: 'MAIN', name: '主仓', keeper: 'laozhao' },
  { code: 'SHOP', name: '城南门店仓', keeper: 'xiaodeng' },
  { code: 'VAN', name: '车销仓', keeper: 'xiaoxu' },
  { code: 'BACK', name: '退货待检仓', keeper: 'laozhao', forSale: false },
]
/** 小邓 keeps the shop's stock, sells from it, and sees no other. */
const limited = [{ person: 'xiaodeng', warehouse: 'SHOP' }]
const monthMs = 30 * 86_400_000

/** People, departments, roles and warehouses of the demo company; ids by their keys. */
export async function insertOrganisation(
  tx: Tx,
  now: Date,
  name: string,
): Promise<{ people: Map<string, string>; warehouses: Map<string, string> }> {
  const departments = new Map(demoDepartments.map((department) => [department.key, newId()]))
  const people = new Map(demoPeople.map((person) => [person.key, newId()]))
  await tx.department.createMany({
    data: demoDepartments.map((one) => ({
      id: departments.get(one.key)!,
      name: one.name,
      leaderId: one.leader && people.get(one.leader),
    })),
  })
  await tx.person.createMany({
    data: demoPeople.map((person) => ({
      id: people.get(person.key)!,
      name: person.name,
      enName: person.en,
      title: person.title.zh,
      mobile: person.mobile,
      email: person.email,
      employeeNo: person.employeeNumber,
      departmentId: departments.get(person.department),
      createdAt: now,
      ...namesFor(person.name),
    })),
  })
  for (const person of demoPeople)
    if (person.leader)
      await tx.person.update({ where: { id: people.get(person.key)! }, data: { managerId: people.get(person.leader) } })
  await tx.personRole.createMany({
    data: demoPeople.flatMap((person) =>
      person.roles.map((roleKey) => ({ personId: people.get(person.key)!, roleKey })),
    ),
  })
  // 何总监 is often on the road: 陈总 may decide in his place.
  await tx.delegation.create({
    data: {
      id: newId(),
      fromId: people.get('hezongjian')!,
      toId: people.get('chenzong')!,
      startsAt: now,
      endsAt: new Date(now.getTime() + monthMs),
    },
  })
  await writeSetting(tx, systemCaller(now), companyName, name)
  const ids = new Map(warehouses.map((warehouse) => [warehouse.code, newId()]))
  await tx.warehouse.createMany({
    data: warehouses.map(({ code, name, keeper, forSale }, position) => ({
      id: ids.get(code)!,
      code,
      name,
      keeperId: people.get(keeper),
      forSale,
      position,
    })),
  })
  for (const { person, warehouse } of limited)
    await tx.person.update({ where: { id: people.get(person)! }, data: { warehouseIds: [ids.get(warehouse)!] } })
  return { people, warehouses: ids }
}

const namesFor = (name: string): { pinyin: string; initials: string } => {
  const { pinyin, initials } = searchColumns(name)
  return { pinyin, initials }
}
