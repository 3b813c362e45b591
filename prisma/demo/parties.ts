import { type Chance, chance } from './random.ts'
import type { DemoCustomer } from './shapes.ts'

type Kind = { words: string; industry: string; short: string }

// Two characters of a name, and a line of business: no company of these names is meant.
const first = [
  '佳',
  '顺',
  '宏',
  '瑞',
  '恒',
  '鑫',
  '永',
  '泰',
  '盛',
  '联',
  '华',
  '金',
  '海',
  '东',
  '广',
  '万',
  '安',
  '天',
  '新',
  '远',
  '利',
  '合',
  '力',
  '博',
]
const second = [
  '筑',
  '达',
  '兴',
  '丰',
  '源',
  '昌',
  '隆',
  '诚',
  '凯',
  '越',
  '腾',
  '捷',
  '茂',
  '和',
  '宇',
  '邦',
  '固',
  '锦',
  '辉',
  '通',
]
const kinds: Kind[] = [
  { words: '装饰工程有限公司', industry: '装饰', short: '装饰' },
  { words: '门业有限公司', industry: '门窗', short: '门业' },
  { words: '建筑工程有限公司', industry: '建筑', short: '建筑' },
  { words: '机电设备有限公司', industry: '机电', short: '机电' },
  { words: '五金商行', industry: '零售', short: '五金' },
  { words: '家具厂', industry: '家具', short: '家具' },
  { words: '钢结构有限公司', industry: '钢构', short: '钢构' },
  { words: '物业服务有限公司', industry: '物业', short: '物业' },
  { words: '幕墙工程有限公司', industry: '幕墙', short: '幕墙' },
  { words: '建材经营部', industry: '零售', short: '建材' },
]
const regions = ['城东', '城南', '城西', '城北', '高新区', '港区', '开发区', '邻市']
const sellers = ['xiaoli', 'xiaohe', 'xiaofang', 'xiaosun', 'xiaodeng', 'xiaoxu']
const terms = ['net_30', 'month_end', 'month_end_30', 'month_end_30', 'next_month_25', 'on_delivery']

/** The customers of the stories first: what they owe and have ordered is set apart in the history. */
const known: DemoCustomer[] = [
  {
    name: '宏达装饰工程有限公司',
    shortName: '宏达装饰',
    level: 'B',
    owner: 'xiaoli',
    region: '城东',
    industry: '装饰',
    term: 'month_end_30',
    creditLimit: 100_000,
    lateness: 0.1,
    size: 3,
  },
  {
    name: '顺兴门业有限公司',
    shortName: '顺兴门业',
    level: 'A',
    owner: 'xiaohe',
    region: '港区',
    industry: '门窗',
    term: 'month_end',
    creditLimit: 300_000,
    lateness: 0,
    size: 4,
  },
  {
    name: '佳筑建筑工程有限公司',
    shortName: '佳筑工程',
    level: 'C',
    owner: 'xiaoli',
    region: '高新区',
    industry: '建筑',
    term: 'on_delivery',
    creditLimit: 20_000,
    lateness: 0,
    size: 0,
  },
]

/** 300 customers; the same at every start. */
export function demoCustomers(count: number): DemoCustomer[] {
  const luck = chance(2611)
  const taken = new Set(known.map((customer) => customer.shortName))
  const customers = [...known]
  while (customers.length < count) {
    const customer = madeUp(luck, customers.length)
    if (taken.has(customer.shortName)) continue
    taken.add(customer.shortName)
    customers.push(customer)
  }
  return customers
}

function madeUp(luck: Chance, i: number): DemoCustomer {
  const kind = luck.pick(kinds)
  const size = luck.pick([1, 1, 1, 1, 2, 2, 3, 4])
  // Beyond the first few hundred, two characters are not enough to tell names apart.
  const name = luck.pick(first) + luck.pick(second) + (i > 1500 ? luck.pick(first) : '')
  return {
    name: `${name}${kind.words}`,
    shortName: `${name}${kind.short}`,
    level: size >= 4 ? 'A' : size === 3 ? 'B' : luck.pick(['B', 'C', 'C']),
    owner: sellers[i % sellers.length]!,
    region: luck.pick(regions),
    industry: kind.industry,
    term: luck.pick(terms),
    creditLimit: [0, 30_000, 60_000, 120_000, 250_000][size]!,
    lateness: luck.pick([0, 0, 0.05, 0.1, 0.3, 0.7]),
    size,
  }
}

const supplierWords = [
  '紧固件制造有限公司',
  '标准件厂',
  '五金制品有限公司',
  '化工有限公司',
  '工具有限公司',
  '锁业有限公司',
  '阀门厂',
  '金属制品厂',
]

export type DemoSupplier = { name: string; shortName: string; phone: string }

/** 40 suppliers; the same at every start. */
export function demoSuppliers(count = 40): DemoSupplier[] {
  const luck = chance(411)
  const names = new Set<string>()
  while (names.size < count) names.add(luck.pick(second) + luck.pick(first))
  return [...names].map((name, i) => {
    const words = supplierWords[i % supplierWords.length]!
    return {
      name: `${name}${words}`,
      shortName: `${name}${words.slice(0, 2)}`,
      phone: `0000-88${String(i).padStart(4, '0')}`,
    }
  })
}
