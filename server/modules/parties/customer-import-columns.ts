import type { Field, Fields } from '#contract'
import type { ImportColumn } from '#server/engines/imports'
import { contactFields, customer } from './customer.document.ts'

const fields: Fields = customer.fields
type More = Omit<ImportColumn, 'key' | 'field'>

const column = (key: keyof typeof customer.fields, more: More = {}): ImportColumn => ({
  key,
  field: fields[key]!,
  ...more,
})
const part = (key: string, field: Field, more: More = {}): ImportColumn => ({ key, field, ...more })

/** What a sheet of customers may hold. */
export const customerColumns: readonly ImportColumn[] = [
  column('name', {
    required: true,
    example: '云港宏达装饰工程有限公司',
    synonyms: [
      '客户名称',
      '公司名称',
      '单位名称',
      '全称',
      '名称',
      '客户',
      '往来单位',
      '购货单位',
      'Company',
      'Customer',
      'Customer name',
      'Name',
    ],
  }),
  column('shortName', {
    example: '宏达装饰',
    synonyms: ['客户简称', '助记名', '短名', 'Alias', 'Short'],
  }),
  column('level', {
    fallback: { zh: 'C 级', en: 'Level C' },
    example: 'A',
    synonyms: ['等级', '级别', '客户级别', '客户类别', '分级', 'Grade', 'Class'],
  }),
  part(
    'term',
    { kind: 'text', max: 40, label: { zh: '付款条件', en: 'Payment terms' } },
    {
      fallback: { zh: '货到付款', en: 'On delivery' },
      example: '月结30天',
      synonyms: ['账期', '付款方式', '结算方式', '收款条件', '信用期', 'Terms', 'Payment'],
    },
  ),
  column('creditLimit', { example: '200000', synonyms: ['信用额', '授信额度', '额度', '赊销额度', 'Credit'] }),
  part(
    'owner',
    {
      kind: 'text',
      max: 60,
      label: { zh: '负责人', en: 'Owner' },
      hint: { zh: '通讯录里的姓名；不填是自己', en: 'A name in the directory; left out it is you' },
    },
    {
      right: 'customer.reassign',
      example: '小李',
      synonyms: ['业务员', '销售员', '跟进人', '销售', '所属业务员', '客户经理', 'Salesperson', 'Sales rep'],
    },
  ),
  part('contactName', contactFields.name, {
    example: '李经理',
    synonyms: ['联系人', '联系人姓名', '经办人', 'Contact', 'Contact name'],
  }),
  part(
    'contactPhone',
    { ...contactFields.phone, label: { zh: '联系人电话', en: 'Contact phone' } },
    {
      example: '13800138000',
      synonyms: ['手机', '手机号', '联系人手机', '联系电话', '移动电话', 'Mobile', 'Cell'],
    },
  ),
  column('phone', { synonyms: ['公司电话', '座机', '固定电话', 'Telephone', 'Tel'] }),
  column('region', { example: '云港', synonyms: ['区域', '所在地', '城市', '省市', 'City', 'Area'] }),
  column('industry', { synonyms: ['所属行业', '客户行业'] }),
  column('address', {
    example: '云港市建设路 12 号',
    synonyms: ['地址', '送货地址', '公司地址', '详细地址', '联系地址', 'Address', 'Ship to'],
  }),
  column('taxNumber', { synonyms: ['纳税人识别号', '统一社会信用代码', '社会信用代码', 'VAT number', 'Tax ID'] }),
  column('note', { synonyms: ['说明', '备注说明', 'Notes', 'Remark', 'Remarks'] }),
]
