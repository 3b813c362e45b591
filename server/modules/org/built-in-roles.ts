import type { Text } from '#contract'
import type { RoleRights } from './contract.ts'

type BuiltInRole = { key: string; name: Text; rights: RoleRights }

const own = { customer: 'own', quotation: 'own', sales_order: 'own', delivery: 'own', receivable: 'own' } as const
const team = { customer: 'team', quotation: 'team', sales_order: 'team', delivery: 'team', receivable: 'team' } as const
const all = { customer: 'all', quotation: 'all', sales_order: 'all', delivery: 'all', receivable: 'all' } as const

const everyone = ['approval.vote', 'stock.read']
/** Who works with lists may take them along, as far as he sees them. */
const withLists = [...everyone, 'exports.create']
const selling = [
  ...withLists,
  'customer.write',
  'quotation.write',
  'sales_order.write',
  'sales_order.submit',
  'sales_order.cancel',
  'sales_return.write',
  'receivable.read',
  'shares.create',
]

/** The roles a company starts with; from then on they are its own data. */
export const builtInRoles: BuiltInRole[] = [
  {
    key: 'owner',
    name: { zh: '老板', en: 'Owner' },
    rights: { actions: ['*'], scopes: all, reads: ['*'], writes: ['*'] },
  },
  {
    key: 'sales_manager',
    name: { zh: '销售经理', en: 'Sales manager' },
    rights: {
      actions: [...selling, 'customer.reassign', 'customer.freeze', 'price.write', 'sales_target.write'],
      scopes: team,
      reads: ['amount', 'margin', 'cost', 'floor', 'contact', 'credit'],
      writes: ['amount', 'floor', 'contact', 'credit'],
    },
  },
  {
    key: 'seller',
    name: { zh: '销售', en: 'Seller' },
    rights: { actions: selling, scopes: own, reads: ['amount', 'contact', 'credit'], writes: ['amount', 'contact'] },
  },
  {
    key: 'buyer',
    name: { zh: '采购', en: 'Buyer' },
    rights: {
      actions: [...withLists, 'item.write', 'goods_receipt.write', 'supplier.write', 'landed_cost.write'],
      scopes: {},
      reads: ['cost', 'purchase_price'],
      writes: ['purchase_price', 'cost'],
    },
  },
  {
    key: 'warehouse',
    name: { zh: '仓库', en: 'Warehouse' },
    rights: {
      actions: [
        ...withLists,
        'delivery.pick',
        'delivery.ship',
        'sales_return.receive',
        'goods_receipt.write',
        'goods_receipt.receive',
        'stock_transfer.write',
        'stock_adjustment.write',
        'bin.write',
      ],
      scopes: { sales_order: 'all', delivery: 'all' },
      reads: [],
      writes: [],
    },
  },
  {
    key: 'production',
    name: { zh: '装配', en: 'Production' },
    rights: { actions: everyone, scopes: {}, reads: [], writes: [] },
  },
  {
    key: 'accountant',
    name: { zh: '会计', en: 'Accountant' },
    rights: {
      actions: [
        ...withLists,
        'receivable.read',
        'receipt.post',
        'receipt.reverse',
        'sales_return.reverse',
        'reconcile.run',
        'period.close',
        'shares.create',
        'landed_cost.write',
        'voucher.read',
        'voucher_template.write',
      ],
      scopes: all,
      reads: ['amount', 'cost', 'margin', 'contact', 'credit', 'purchase_price'],
      writes: ['amount', 'cost'],
    },
  },
  {
    key: 'finance_director',
    name: { zh: '财务总监', en: 'Finance director' },
    rights: {
      actions: [
        ...withLists,
        'receivable.read',
        'receipt.post',
        'receipt.reverse',
        'sales_return.reverse',
        'reconcile.run',
        'period.close',
        'shares.create',
        'approval.read_all',
        'landed_cost.write',
        'voucher.read',
        'voucher_template.write',
      ],
      scopes: all,
      reads: ['amount', 'cost', 'margin', 'floor', 'contact', 'credit', 'purchase_price'],
      writes: ['amount', 'credit', 'cost'],
    },
  },
  {
    key: 'service',
    name: { zh: '客服', en: 'Service' },
    rights: {
      actions: [...everyone, 'sales_return.write'],
      scopes: { customer: 'all', sales_order: 'all', delivery: 'all' },
      reads: ['contact'],
      writes: [],
    },
  },
  {
    key: 'admin',
    name: { zh: '管理员', en: 'Administrator' },
    rights: {
      actions: [
        ...withLists,
        'org.admin',
        'forms.design',
        'flows.design',
        'rules.design',
        'item.write',
        'price.write',
        'reconcile.run',
        'bin.write',
      ],
      scopes: {},
      reads: ['amount', 'floor'],
      writes: ['amount', 'floor'],
    },
  },
]
