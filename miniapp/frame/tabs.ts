import {
  BarChart3,
  Boxes,
  ClipboardCheck,
  ClipboardList,
  FileText,
  Gauge,
  House,
  ListTodo,
  type LucideIcon,
  PackageCheck,
  PackageOpen,
  PackagePlus,
  Stamp,
  SquarePen,
  UserRound,
  UsersRound,
  WalletCards,
  Wallet,
} from 'lucide-vue-next'
import { t } from '../messages.ts'

/** A place of the app that the frame leads to. `route` is the name of its route: where no feature has it, it is left out. */
export type Tab = { key: string; route: string; label: () => string; icon: LucideIcon; needs?: string }

const tabs = {
  home: { route: 'home', label: () => t('home'), icon: House },
  todo: { route: 'home', label: () => t('todo'), icon: ListTodo },
  cockpit: { route: 'home', label: () => t('cockpit'), icon: Gauge },
  customers: { route: 'customers', label: () => t('customers'), icon: UsersRound },
  newOrder: { route: 'order-new', label: () => t('newOrder'), icon: SquarePen, needs: 'sales_order.write' },
  orders: { route: 'orders', label: () => t('orders'), icon: ClipboardList },
  quotations: { route: 'quotations', label: () => t('quotations'), icon: FileText },
  deliveries: { route: 'deliveries', label: () => t('deliveries'), icon: PackageCheck },
  goodsReceipts: { route: 'goods-receipts', label: () => t('goodsReceipts'), icon: PackagePlus },
  stocktakes: { route: 'stocktakes', label: () => t('stocktakes'), icon: ClipboardCheck },
  stock: { route: 'stock', label: () => t('stock'), icon: Boxes, needs: 'stock.read' },
  receivables: { route: 'receivables', label: () => t('receivables'), icon: WalletCards },
  receipts: { route: 'receipts', label: () => t('receipts'), icon: Wallet },
  payables: { route: 'payables', label: () => t('payables'), icon: PackageOpen },
  reports: { route: 'reports', label: () => t('reports'), icon: BarChart3 },
  approvals: { route: 'approvals', label: () => t('approvals'), icon: Stamp },
  me: { route: 'me', label: () => t('me'), icon: UserRound },
} satisfies Record<string, Omit<Tab, 'key'>>
type TabName = keyof typeof tabs

/** Each role's tabs, most wanted first. The order of the roles is their precedence for somebody who has several. */
const byRole: Record<string, TabName[]> = {
  owner: [
    'cockpit',
    'approvals',
    'orders',
    'receivables',
    'reports',
    'customers',
    'stock',
    'deliveries',
    'receipts',
    'me',
  ],
  finance_director: [
    'todo',
    'approvals',
    'receivables',
    'receipts',
    'payables',
    'reports',
    'customers',
    'orders',
    'me',
  ],
  accountant: ['todo', 'receivables', 'receipts', 'payables', 'reports', 'customers', 'orders', 'me'],
  sales_manager: ['home', 'customers', 'orders', 'approvals', 'stock', 'newOrder', 'quotations', 'receivables', 'me'],
  seller: ['home', 'customers', 'newOrder', 'stock', 'me', 'orders', 'quotations', 'receivables', 'approvals'],
  warehouse: ['todo', 'deliveries', 'goodsReceipts', 'stocktakes', 'stock', 'me'],
  buyer: ['home', 'stock', 'goodsReceipts', 'approvals', 'me'],
  production: ['todo', 'stock', 'deliveries', 'me'],
  service: ['home', 'customers', 'orders', 'me'],
  admin: ['home', 'customers', 'orders', 'stock', 'approvals', 'me'],
}
const forAnyRole: TabName[] = ['home', 'approvals', 'me']
const tabsOnPhoneMax = 5

/** All places for somebody with these roles, without those that do not exist here or that he may not open. */
export function tabsOf(roles: string[], may: (action: string) => boolean, hasRoute: (name: string) => boolean): Tab[] {
  const known = Object.keys(byRole).filter((role) => roles.includes(role))
  const wanted = known.length > 0 ? known.flatMap((role) => byRole[role] ?? []) : forAnyRole
  const found: Tab[] = []
  for (const key of wanted) {
    const tab: Tab = { key, ...tabs[key] }
    const isThere = found.some(({ route }) => route === tab.route)
    if (!isThere && hasRoute(tab.route) && (!tab.needs || may(tab.needs))) found.push(tab)
  }
  return found
}

/** The five at the thumb. "Me" keeps its place at the end for whoever has it nowhere else. */
export const phoneTabs = (all: Tab[]): Tab[] => all.slice(0, tabsOnPhoneMax)
