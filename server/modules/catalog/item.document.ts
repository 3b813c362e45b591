import { defineDocument } from '#contract'

/** What is bought, kept and sold. A variant is an item of a family. */
export const item = defineDocument({
  name: 'item',
  label: { zh: '商品', en: 'Item' },
  page: '/items/:id',
  title: 'name',
  summary: ['code', 'spec', 'category', 'packing', 'listPrice'],
  fields: {
    code: { kind: 'text', max: 40, label: { zh: '编码', en: 'Code' }, required: true, inList: true },
    name: { kind: 'text', max: 100, label: { zh: '名称', en: 'Name' }, required: true, inList: true },
    spec: { kind: 'text', max: 100, label: { zh: '规格', en: 'Specification' }, inList: true },
    category: { kind: 'text', max: 40, label: { zh: '分类', en: 'Category' }, required: true, inList: true },
    brand: { kind: 'text', max: 40, label: { zh: '品牌', en: 'Brand' } },
    familyId: { kind: 'link', to: 'item_family', label: { zh: '系列', en: 'Family' } },
    baseUnit: {
      kind: 'text',
      max: 12,
      label: { zh: '基本单位', en: 'Base unit' },
      required: true,
      inList: true,
      hint: { zh: '库存按它记数，有单据后不能改', en: 'Fixed once documents use it' },
    },
    packing: { kind: 'longText', label: { zh: '包装', en: 'Packing' }, stored: 'computed', readOnly: true },
    tracking: {
      kind: 'choice',
      label: { zh: '追踪方式', en: 'Tracking' },
      options: [
        { value: 'none', label: { zh: '不追踪', en: 'None' } },
        { value: 'lot', label: { zh: '按批次', en: 'By lot' }, colour: 'blue' },
        { value: 'serial', label: { zh: '按序列号', en: 'By serial number' }, colour: 'orange' },
      ],
      required: true,
    },
    taxRate: { kind: 'percent', label: { zh: '税率', en: 'Tax rate' }, required: true },
    listPrice: {
      kind: 'price',
      label: { zh: '标准售价', en: 'List price' },
      group: 'amount',
      inList: true,
      hint: { zh: '含税，0 表示未定价', en: 'With tax; 0: not priced yet' },
    },
    floorPrice: { kind: 'price', label: { zh: '最低售价', en: 'Floor price' }, group: 'floor' },
    reorderPoint: { kind: 'quantity', label: { zh: '安全库存', en: 'Reorder point' } },
    allowNegative: { kind: 'yesNo', label: { zh: '允许负库存', en: 'May go below zero' } },
    active: { kind: 'yesNo', label: { zh: '在售', en: 'Active' }, inList: true },
    barcodes: { kind: 'longText', label: { zh: '条码', en: 'Barcodes' }, stored: 'computed', readOnly: true },
    aliases: { kind: 'longText', label: { zh: '别名', en: 'Also known as' }, stored: 'computed', readOnly: true },
  },
})
