import type { Field, Fields } from '#contract'
import type { ImportColumn } from '#server/engines/imports'
import { item } from './item.document.ts'

const fields: Fields = item.fields
type Key = keyof typeof item.fields

const column = (key: Key, more: Omit<ImportColumn, 'key' | 'field'> = {}): ImportColumn => ({
  key,
  field: fields[key]!,
  ...more,
})
const part = (key: string, field: Field, more: Omit<ImportColumn, 'key' | 'field'> = {}): ImportColumn => ({
  key,
  field,
  ...more,
})

/** A larger unit and how many base units it holds. */
const unitPair = (
  n: 1 | 2,
  synonyms: { unit: string[]; holds: string[] },
  example: [string, string],
): ImportColumn[] => [
  part(
    `unit${n}`,
    { kind: 'text', max: 12, label: { zh: `辅助单位${n}`, en: `Unit ${n}` } },
    { synonyms: synonyms.unit, example: example[0] },
  ),
  part(
    `holds${n}`,
    {
      kind: 'integer',
      min: 1,
      max: 1_000_000_000,
      label: { zh: `换算${n}`, en: `Unit ${n} holds` },
      hint: { zh: '一个辅助单位含多少基本单位', en: 'How many base units one of it holds' },
    },
    { synonyms: synonyms.holds, example: example[1] },
  ),
]

/** What a sheet of items may hold. */
export const itemColumns: readonly ImportColumn[] = [
  column('code', {
    required: true,
    example: 'LS-M10-100',
    synonyms: [
      '商品编码',
      '货号',
      '料号',
      '物料编码',
      '产品编码',
      '产品编号',
      '商品编号',
      '编号',
      '存货编码',
      'SKU',
      'Item no',
      'Item code',
      'Part number',
    ],
  }),
  column('name', {
    required: true,
    example: '膨胀螺栓',
    synonyms: [
      '商品名称',
      '品名',
      '货品名称',
      '物料名称',
      '产品名称',
      '存货名称',
      '商品',
      '产品',
      'Item name',
      'Product',
      'Description',
    ],
  }),
  column('spec', { example: 'M10x100', synonyms: ['规格型号', '型号', '型号规格', '尺寸', 'Spec', 'Size', 'Model'] }),
  column('baseUnit', {
    required: true,
    example: '支',
    synonyms: ['单位', '计量单位', '主单位', '最小单位', '库存单位', 'Unit', 'UOM', 'Unit of measure'],
  }),
  ...unitPair(
    1,
    {
      unit: ['包装单位', '中包单位', '副单位', '辅单位', '辅助单位'],
      holds: ['换算率', '换算', '中包数', '盒装数', '每盒数量', '换算关系'],
    },
    ['盒', '50'],
  ),
  ...unitPair(2, { unit: ['大包单位', '整箱单位'], holds: ['装箱数', '箱装数', '整箱数', '每箱数量', '件装数'] }, [
    '箱',
    '1000',
  ]),
  part(
    'barcode',
    { kind: 'text', max: 48, label: { zh: '条码', en: 'Barcode' } },
    { synonyms: ['条形码', '商品条码', '国际条码', '69码', 'EAN', 'UPC'], example: '6901234567892' },
  ),
  column('category', {
    fallback: { zh: '未分类' },
    example: '紧固件',
    synonyms: ['类别', '商品分类', '品类', '大类', '商品类别', '产品分类', 'Group'],
  }),
  column('brand', { synonyms: ['厂牌', '商标'], example: '恒锐' }),
  column('taxRate', { fallback: { zh: '13' }, synonyms: ['税率%', '增值税率', 'VAT', 'Tax'], example: '13' }),
  column('tracking', { fallback: { zh: '不追踪', en: 'None' }, synonyms: ['批次管理', '管理方式'] }),
  column('listPrice', {
    right: 'price.write',
    synonyms: ['售价', '单价', '销售价', '零售价', '含税单价', '标准价', '价格', 'Price', 'Unit price'],
    example: '0.62',
  }),
  column('floorPrice', {
    right: 'price.write',
    synonyms: ['最低价', '底价', '最低限价', 'Lowest price'],
    example: '0.55',
  }),
  column('reorderPoint', {
    synonyms: ['安全库存量', '最低库存', '库存下限', '补货点', 'Safety stock'],
    example: '2000',
  }),
  part(
    'aliases',
    {
      kind: 'longText',
      label: { zh: '别名', en: 'Also known as' },
      hint: { zh: '几个别名用顿号分开', en: 'Several are parted by commas' },
    },
    { synonyms: ['俗称', '简称', '又名', '助记名'], example: '拉爆、膨胀管' },
  ),
]
