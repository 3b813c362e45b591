import { defineDocument, type Fields, type Moves } from '#contract'

export const customerStates = {
  active: { label: { zh: '正常', en: 'Active' }, colour: 'green' },
  frozen: { label: { zh: '已冻结', en: 'Frozen' }, colour: 'red' },
} as const
export type CustomerState = keyof typeof customerStates

export const customerMoves = {
  freeze: { from: ['active'], to: 'frozen', label: { zh: '冻结', en: 'Freeze' }, done: 'Frozen' },
  unfreeze: { from: ['frozen'], to: 'active', label: { zh: '解冻', en: 'Unfreeze' }, done: 'Unfrozen' },
} as const satisfies Moves<CustomerState>

/** A contact has a role: reminders go to the buyer, statements to the accountant. */
export const contactFields = {
  name: { kind: 'text', max: 40, label: { zh: '姓名', en: 'Name' }, required: true },
  role: {
    kind: 'choice',
    label: { zh: '角色', en: 'Role' },
    options: [
      { value: 'boss', label: { zh: '老板', en: 'Boss' } },
      { value: 'buyer', label: { zh: '采购', en: 'Buyer' } },
      { value: 'accountant', label: { zh: '财务', en: 'Accountant' } },
      { value: 'warehouse', label: { zh: '收货', en: 'Warehouse' } },
      { value: 'other', label: { zh: '其他', en: 'Other' } },
    ],
    required: true,
  },
  phone: { kind: 'phone', label: { zh: '电话', en: 'Phone' }, group: 'contact' },
  email: { kind: 'email', label: { zh: '邮箱', en: 'E-mail' }, group: 'contact' },
  isMain: { kind: 'yesNo', label: { zh: '首要联系人', en: 'Main contact' } },
} as const satisfies Fields

/** Who buys. Its lines are its contacts, each with a role. */
export const customer = defineDocument({
  name: 'customer',
  label: { zh: '客户', en: 'Customer' },
  page: '/customers/:id',
  numbers: 'C',
  title: 'shortName',
  summary: ['name', 'level', 'ownerId', 'region', 'termCode', 'creditLimit', 'state'],
  states: customerStates,
  moves: customerMoves,
  fields: {
    number: { kind: 'text', max: 20, label: { zh: '客户编号', en: 'Customer no.' }, readOnly: true, inList: true },
    name: { kind: 'text', max: 100, label: { zh: '客户全称', en: 'Full name' }, required: true },
    shortName: { kind: 'text', max: 40, label: { zh: '简称', en: 'Short name' }, required: true, inList: true },
    level: {
      kind: 'choice',
      label: { zh: '客户等级', en: 'Level' },
      options: [
        { value: 'A', label: { zh: 'A 级', en: 'Level A' }, colour: 'green' },
        { value: 'B', label: { zh: 'B 级', en: 'Level B' }, colour: 'blue' },
        { value: 'C', label: { zh: 'C 级', en: 'Level C' }, colour: 'grey' },
        { value: 'retail', label: { zh: '零售', en: 'Retail' }, colour: 'grey' },
      ],
      required: true,
      inList: true,
    },
    state: {
      kind: 'choice',
      label: { zh: '状态', en: 'State' },
      options: Object.entries(customerStates).map(([value, state]) => ({ value, ...state })),
      readOnly: true,
      inList: true,
    },
    ownerId: { kind: 'person', label: { zh: '负责人', en: 'Owner' }, readOnly: true, inList: true },
    region: { kind: 'text', max: 40, label: { zh: '地区', en: 'Region' }, inList: true },
    industry: { kind: 'text', max: 40, label: { zh: '行业', en: 'Industry' } },
    address: { kind: 'text', max: 300, label: { zh: '收货地址', en: 'Delivery address' } },
    phone: { kind: 'phone', label: { zh: '电话', en: 'Phone' }, group: 'contact' },
    taxNumber: { kind: 'text', max: 30, label: { zh: '税号', en: 'Tax number' } },
    termCode: { kind: 'text', max: 40, label: { zh: '付款条件', en: 'Payment terms' }, required: true },
    creditLimit: { kind: 'money', label: { zh: '信用额度', en: 'Credit limit' }, group: 'credit', inList: true },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' } },
    aliases: { kind: 'longText', label: { zh: '别名', en: 'Also known as' }, stored: 'computed', readOnly: true },
    createdAt: { kind: 'instant', label: { zh: '建档时间', en: 'Created at' }, readOnly: true },
  },
  lines: {
    label: { zh: '联系人', en: 'Contacts' },
    fields: contactFields,
  },
})
