import { defineDocument } from '#contract'

/** Whom the company buys from. */
export const supplier = defineDocument({
  name: 'supplier',
  label: { zh: '供应商', en: 'Supplier' },
  page: '/suppliers/:id',
  numbers: 'S',
  title: 'shortName',
  summary: ['name', 'contactName', 'phone', 'active'],
  fields: {
    number: { kind: 'text', max: 20, label: { zh: '供应商编号', en: 'Supplier no.' }, readOnly: true, inList: true },
    name: { kind: 'text', max: 100, label: { zh: '供应商全称', en: 'Full name' }, required: true },
    shortName: { kind: 'text', max: 40, label: { zh: '简称', en: 'Short name' }, required: true, inList: true },
    contactName: { kind: 'text', max: 40, label: { zh: '联系人', en: 'Contact' }, inList: true },
    phone: { kind: 'phone', label: { zh: '电话', en: 'Phone' }, inList: true },
    address: { kind: 'text', max: 300, label: { zh: '地址', en: 'Address' } },
    taxNumber: { kind: 'text', max: 30, label: { zh: '税号', en: 'Tax number' } },
    note: { kind: 'longText', label: { zh: '备注', en: 'Note' } },
    active: { kind: 'yesNo', label: { zh: '合作中', en: 'Active' }, inList: true },
  },
})
