import { defineDocument } from '#contract'

/** A product whose items differ in a few axes: thread, length, finish. */
export const itemFamily = defineDocument({
  name: 'item_family',
  label: { zh: '商品系列', en: 'Item family' },
  page: '/item-families/:id',
  title: 'name',
  summary: ['code', 'category', 'axes'],
  fields: {
    code: { kind: 'text', max: 40, label: { zh: '编码', en: 'Code' }, required: true, inList: true },
    name: { kind: 'text', max: 100, label: { zh: '名称', en: 'Name' }, required: true, inList: true },
    category: { kind: 'text', max: 40, label: { zh: '分类', en: 'Category' }, required: true, inList: true },
    axes: { kind: 'longText', label: { zh: '规格项', en: 'Axes' }, stored: 'computed', readOnly: true, inList: true },
  },
})
