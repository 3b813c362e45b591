import { defineDocument } from '#contract'

/** Prices for everybody, for the customers of a level, or for one customer, between two days. */
export const priceList = defineDocument({
  name: 'price_list',
  label: { zh: '价格表', en: 'Price list' },
  page: '/price-lists/:id',
  title: 'name',
  summary: ['level', 'customerId', 'startsOn', 'endsOn', 'active'],
  fields: {
    name: { kind: 'text', max: 60, label: { zh: '名称', en: 'Name' }, required: true, inList: true },
    level: {
      kind: 'text',
      max: 20,
      label: { zh: '客户等级', en: 'Customer level' },
      inList: true,
      hint: { zh: '不填等级也不填客户，则人人适用', en: 'With neither level nor customer it is for everybody' },
    },
    customerId: { kind: 'link', to: 'customer', label: { zh: '专属客户', en: 'Customer' }, inList: true },
    startsOn: { kind: 'day', label: { zh: '生效日期', en: 'Starts on' }, inList: true },
    endsOn: { kind: 'day', label: { zh: '截止日期', en: 'Ends on' }, inList: true },
    priority: {
      kind: 'integer',
      min: 0,
      max: 1000,
      label: { zh: '优先级', en: 'Priority' },
      hint: { zh: '同类价格表中数字大的先用', en: 'Among lists of one kind the higher goes first' },
    },
    active: { kind: 'yesNo', label: { zh: '启用', en: 'Active' }, inList: true },
  },
})
