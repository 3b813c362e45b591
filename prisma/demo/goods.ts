import type { DemoFamily, DemoItem, DemoUnit, Tracking } from './shapes.ts'

type Axis = { key: string; label: string; values: readonly string[] }
type Plan = {
  code: string
  name: string
  category: string
  brand: string
  axes: readonly Axis[]
  /** The spec as it stands on labels: 'M10*100 镀锌'. */
  spec: (variant: Record<string, string>) => string
  /** List price of one base unit, tax included, in yuan. */
  price: (variant: Record<string, string>) => number
  unit: string
  packs: readonly [unit: string, holds: number, of?: number][]
  tracking?: Tracking
  aliases?: readonly string[]
  /** Cost as a share of the list price. */
  costShare?: number
  skip?: (variant: Record<string, string>) => boolean
}

const number = (text: string | undefined): number => Number(/[\d.]+/.exec(text ?? '')?.[0] ?? 0)
const thread = (values: readonly string[]): Axis => ({ key: 'thread', label: '螺纹', values })
const length = (values: readonly string[]): Axis => ({ key: 'length', label: '长度', values })
const grade = (values: readonly string[]): Axis => ({ key: 'grade', label: '等级', values })
const finish = (values: readonly string[]): Axis => ({ key: 'finish', label: '表面', values })
const kind = (label: string, values: readonly string[]): Axis => ({ key: 'kind', label, values })

/** What a bolt weighs on the price: thickness squared times length, in round figures. */
const boltPrice = (variant: Record<string, string>, factor: number): number =>
  0.02 + (number(variant['thread']) ** 2 * (number(variant['length']) + 12) * factor) / 100_000
const metric = (variant: Record<string, string>): string =>
  [`${variant['thread']}*${variant['length']}`, variant['grade'], variant['finish']].filter(Boolean).join(' ')
const small: readonly [string, number][] = [
  ['盒', 100],
  ['箱', 2000],
]
const large: readonly [string, number][] = [
  ['盒', 50],
  ['箱', 1000],
]

const plans: Plan[] = [
  {
    code: 'PZ',
    name: '膨胀螺栓',
    category: '紧固件',
    brand: '恒锐',
    unit: '支',
    packs: large,
    aliases: ['拉爆螺丝', '膨胀丝'],
    axes: [
      thread(['M6', 'M8', 'M10', 'M12', 'M16']),
      length(['60', '80', '100', '120', '150']),
      finish(['镀锌', '304']),
    ],
    // The sizes of the first journey: 0.62 a piece at list.
    price: (v) =>
      v['thread'] === 'M10' && v['length'] === '100' && v['finish'] === '镀锌'
        ? 0.62
        : boltPrice(v, 5.2) * (v['finish'] === '304' ? 3.1 : 1),
    costShare: 0.41 / 0.62,
    spec: (v) =>
      v['finish'] === '镀锌' ? `${v['thread']}*${v['length']}` : `${v['thread']}*${v['length']} ${v['finish']}`,
  },
  {
    code: 'NL',
    name: '内六角螺栓',
    category: '紧固件',
    brand: '东明',
    unit: '支',
    packs: small,
    aliases: ['内六角', '杯头螺丝'],
    axes: [
      thread(['M4', 'M5', 'M6', 'M8', 'M10', 'M12']),
      length(['10', '16', '20', '25', '30', '40', '50', '60']),
      grade(['8.8级', '12.9级']),
    ],
    price: (v) => boltPrice(v, 4.4) * (v['grade'] === '12.9级' ? 1.35 : 1),
    spec: metric,
    skip: (v) => number(v['length']) < number(v['thread']) * 1.5,
  },
  {
    code: 'WL',
    name: '外六角螺栓',
    category: '紧固件',
    brand: '晋亿',
    unit: '支',
    packs: small,
    aliases: ['六角头螺栓'],
    axes: [
      thread(['M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20']),
      length(['20', '30', '40', '50', '60', '80', '100', '120']),
      grade(['4.8级', '8.8级']),
    ],
    price: (v) => boltPrice(v, 3.6) * (v['grade'] === '8.8级' ? 1.3 : 1),
    spec: metric,
  },
  {
    code: 'WB',
    name: '不锈钢外六角螺栓',
    category: '紧固件',
    brand: '东明',
    unit: '支',
    packs: small,
    axes: [
      thread(['M5', 'M6', 'M8', 'M10', 'M12', 'M16']),
      length(['16', '20', '25', '30', '40', '50', '60', '80', '100']),
    ],
    price: (v) => boltPrice(v, 9.5),
    spec: (v) => `${v['thread']}*${v['length']} 304`,
  },
  {
    code: 'CT',
    name: '沉头机螺钉',
    category: '紧固件',
    brand: '中亚',
    unit: '支',
    packs: [
      ['盒', 200],
      ['箱', 10000],
    ],
    axes: [
      thread(['M3', 'M4', 'M5', 'M6', 'M8']),
      length(['6', '8', '10', '12', '16', '20', '25', '30', '40']),
      finish(['镀锌', '304']),
    ],
    price: (v) => boltPrice(v, 3.4) * (v['finish'] === '304' ? 2.5 : 1),
    spec: metric,
  },
  {
    code: 'PT',
    name: '盘头机螺钉',
    category: '紧固件',
    brand: '中亚',
    unit: '支',
    packs: [
      ['盒', 200],
      ['箱', 10000],
    ],
    axes: [
      thread(['M3', 'M4', 'M5', 'M6', 'M8']),
      length(['6', '8', '10', '12', '16', '20', '25', '30', '40']),
      finish(['镀锌', '304']),
    ],
    price: (v) => boltPrice(v, 3.4) * (v['finish'] === '304' ? 2.5 : 1),
    spec: metric,
  },
  {
    code: 'LM',
    name: '六角螺母',
    category: '紧固件',
    brand: '晋亿',
    unit: '个',
    packs: small,
    aliases: ['螺帽'],
    axes: [thread(['M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20', 'M24']), finish(['镀锌', '发黑', '304'])],
    price: (v) => (0.01 + number(v['thread']) ** 2 * 0.0009) * (v['finish'] === '304' ? 2.8 : 1),
    spec: metricNut,
  },
  {
    code: 'FSLM',
    name: '防松螺母',
    category: '紧固件',
    brand: '东明',
    unit: '个',
    packs: small,
    axes: [thread(['M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M16']), finish(['镀锌', '304'])],
    price: (v) => (0.03 + number(v['thread']) ** 2 * 0.0014) * (v['finish'] === '304' ? 2.6 : 1),
    spec: metricNut,
  },
  {
    code: 'PD',
    name: '平垫圈',
    category: '紧固件',
    brand: '晋亿',
    unit: '个',
    packs: [
      ['盒', 200],
      ['箱', 8000],
    ],
    aliases: ['平垫', '介子'],
    axes: [thread(['M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20', 'M24']), finish(['镀锌', '304'])],
    price: (v) => (0.008 + number(v['thread']) ** 2 * 0.0003) * (v['finish'] === '304' ? 2.4 : 1),
    spec: metricNut,
  },
  {
    code: 'TD',
    name: '弹簧垫圈',
    category: '紧固件',
    brand: '晋亿',
    unit: '个',
    packs: [
      ['盒', 200],
      ['箱', 8000],
    ],
    aliases: ['弹垫'],
    axes: [thread(['M4', 'M5', 'M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20']), finish(['镀锌', '304'])],
    price: (v) => (0.006 + number(v['thread']) ** 2 * 0.00025) * (v['finish'] === '304' ? 2.4 : 1),
    spec: metricNut,
  },
  {
    code: 'ZG',
    name: '自攻螺钉',
    category: '紧固件',
    brand: '中亚',
    unit: '支',
    packs: [
      ['盒', 200],
      ['箱', 10000],
    ],
    aliases: ['自攻丝'],
    axes: [
      kind('直径', ['ST2.9', 'ST3.5', 'ST4.2', 'ST4.8', 'ST5.5', 'ST6.3']),
      length(['9.5', '13', '16', '19', '25', '32', '38', '50']),
      finish(['沉头', '盘头', '大扁头']),
    ],
    price: (v) => 0.015 + number(v['kind']?.slice(2)) * number(v['length']) * 0.0005,
    spec: (v) => `${v['kind']}*${v['length']} ${v['finish']}`,
  },
  {
    code: 'ZW',
    name: '钻尾螺钉',
    category: '紧固件',
    brand: '中亚',
    unit: '支',
    packs: [
      ['盒', 200],
      ['箱', 6000],
    ],
    aliases: ['燕尾丝'],
    axes: [
      kind('直径', ['ST4.2', 'ST4.8', 'ST5.5', 'ST6.3']),
      length(['13', '16', '19', '25', '32', '38', '50', '63', '75']),
      finish(['六角', '十字']),
    ],
    price: (v) => 0.03 + number(v['kind']?.slice(2)) * number(v['length']) * 0.0006,
    spec: (v) => `${v['kind']}*${v['length']} ${v['finish']}`,
  },
  {
    code: 'GB',
    name: '干壁钉',
    category: '紧固件',
    brand: '中亚',
    unit: '支',
    packs: [
      ['盒', 500],
      ['箱', 10000],
    ],
    axes: [kind('直径', ['3.5', '3.9', '4.2', '4.8']), length(['25', '30', '35', '40', '50', '60', '70', '75'])],
    price: (v) => 0.012 + number(v['length']) * 0.0006,
    spec: (v) => `${v['kind']}*${v['length']}`,
  },
  {
    code: 'HXLS',
    name: '化学锚栓',
    category: '紧固件',
    brand: '恒锐',
    unit: '支',
    packs: [
      ['盒', 10],
      ['箱', 100],
    ],
    costShare: 0.6,
    axes: [thread(['M8', 'M10', 'M12', 'M16', 'M20', 'M24']), length(['110', '130', '160', '190', '260'])],
    price: (v) => boltPrice(v, 11) * 3,
    spec: metric,
  },
  {
    code: 'SG',
    name: '通丝杆',
    category: '紧固件',
    brand: '晋亿',
    unit: '根',
    packs: [['捆', 10]],
    axes: [
      thread(['M6', 'M8', 'M10', 'M12', 'M14', 'M16', 'M20']),
      length(['1000', '2000', '3000']),
      grade(['4.8级', '8.8级']),
    ],
    price: (v) => (number(v['thread']) ** 2 * number(v['length'])) / 26_000,
    spec: metric,
  },
  {
    code: 'HY',
    name: '4寸合页',
    category: '门窗五金',
    brand: '雅固',
    unit: '副',
    packs: [
      ['盒', 10],
      ['箱', 100],
    ],
    aliases: ['铰链', '荷叶'],
    costShare: 0.58,
    axes: [kind('方向', ['左', '右']), finish(['亮光', '拉丝'])],
    price: (v) => (v['finish'] === '拉丝' ? 9.8 : 8.6),
    spec: (v) => `${v['kind']} ${v['finish']}`,
  },
  {
    code: 'HY5',
    name: '5寸合页',
    category: '门窗五金',
    brand: '雅固',
    unit: '副',
    packs: [
      ['盒', 10],
      ['箱', 80],
    ],
    costShare: 0.58,
    axes: [kind('方向', ['左', '右']), finish(['亮光', '拉丝', '古铜'])],
    price: (v) => (v['finish'] === '亮光' ? 12.5 : 13.8),
    spec: (v) => `${v['kind']} ${v['finish']}`,
  },
  {
    code: 'HG',
    name: '静音滑轨',
    category: '门窗五金',
    brand: '雅固',
    unit: '副',
    packs: [['箱', 20]],
    costShare: 0.62,
    axes: [length(['250', '300', '350', '400', '450', '500', '550', '600']), finish(['三节', '阻尼'])],
    price: (v) => 6 + number(v['length']) * (v['finish'] === '阻尼' ? 0.055 : 0.03),
    spec: (v) => `${v['length']}mm ${v['finish']}`,
  },
  {
    code: 'LS',
    name: '拉手',
    category: '门窗五金',
    brand: '雅固',
    unit: '个',
    packs: [
      ['盒', 20],
      ['箱', 200],
    ],
    costShare: 0.55,
    axes: [length(['64', '96', '128', '160', '192', '256']), finish(['亮光', '拉丝', '黑色', '古铜'])],
    price: (v) => 2.2 + number(v['length']) * 0.035,
    spec: (v) => `孔距${v['length']} ${v['finish']}`,
  },
  {
    code: 'HS',
    name: '门锁套件',
    category: '锁具',
    brand: '恒锐',
    unit: '套',
    packs: [['箱', 10]],
    aliases: ['HS锁'],
    costShare: 0.6,
    axes: [kind('型号', ['HS-50', 'HS-60', 'HS-70'])],
    price: (v) => 40 + number(v['kind']?.slice(3)) * 1.1,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'SJ',
    name: '锁具配件',
    category: '锁具',
    brand: '恒锐',
    unit: '个',
    packs: [['盒', 10]],
    costShare: 0.6,
    axes: [kind('部件', ['锁体', '左面板', '右面板', '锁芯', '螺丝包', '钥匙坯', '门扣板'])],
    price: (v) =>
      ({ 锁体: 24, 左面板: 11, 右面板: 11, 锁芯: 16, 螺丝包: 1.5, 钥匙坯: 1.2, 门扣板: 2.8 })[v['kind'] ?? ''] ?? 5,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'GS',
    name: '挂锁',
    category: '锁具',
    brand: '三环',
    unit: '把',
    packs: [
      ['盒', 12],
      ['箱', 120],
    ],
    costShare: 0.6,
    axes: [length(['25', '32', '38', '50', '63', '75']), finish(['铜', '不锈钢'])],
    price: (v) => 4 + number(v['length']) * 0.35 * (v['finish'] === '铜' ? 1.4 : 1),
    spec: (v) => `${v['length']}mm ${v['finish']}`,
  },
  {
    code: 'DC',
    name: '电锤',
    category: '电动工具',
    brand: '锐奇',
    unit: '台',
    packs: [['箱', 4]],
    tracking: 'serial',
    costShare: 0.74,
    axes: [kind('型号', ['26mm 800W', '28mm 1100W', '32mm 1500W'])],
    price: (v) => 180 + number(v['kind']) * 9.5,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'DZ',
    name: '充电电钻',
    category: '电动工具',
    brand: '锐奇',
    unit: '台',
    packs: [['箱', 6]],
    tracking: 'serial',
    costShare: 0.74,
    axes: [kind('型号', ['12V', '16V', '20V'])],
    price: (v) => 120 + number(v['kind']) * 11,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'JM',
    name: '角磨机',
    category: '电动工具',
    brand: '锐奇',
    unit: '台',
    packs: [['箱', 6]],
    tracking: 'serial',
    costShare: 0.74,
    axes: [kind('型号', ['100mm 850W', '125mm 1100W', '150mm 1400W'])],
    price: (v) => 90 + number(v['kind']) * 0.9,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'MF',
    name: '耐候密封胶',
    category: '胶粘',
    brand: '白云山',
    unit: '支',
    packs: [['箱', 24]],
    tracking: 'lot',
    aliases: ['玻璃胶', '硅酮胶'],
    costShare: 0.66,
    axes: [kind('颜色', ['黑色', '白色', '透明', '灰色', '棕色'])],
    price: () => 16.5,
    spec: (v) => `300ml ${v['kind']}`,
  },
  {
    code: 'JG',
    name: '结构胶',
    category: '胶粘',
    brand: '白云山',
    unit: '支',
    packs: [['箱', 20]],
    tracking: 'lot',
    costShare: 0.66,
    axes: [kind('颜色', ['黑色', '灰色'])],
    price: () => 24,
    spec: (v) => `590ml ${v['kind']}`,
  },
  {
    code: 'FP',
    name: '聚氨酯发泡胶',
    category: '胶粘',
    brand: '泰山',
    unit: '瓶',
    packs: [['箱', 15]],
    tracking: 'lot',
    costShare: 0.68,
    axes: [kind('型号', ['家装型', '冬用型', '阻燃型'])],
    price: () => 14,
    spec: (v) => `750ml ${v['kind']}`,
  },
  {
    code: 'MH',
    name: '麻花钻头',
    category: '刃具磨具',
    brand: '上工',
    unit: '支',
    packs: [['盒', 10]],
    aliases: ['钻头'],
    axes: [
      kind('直径', [
        '2',
        '2.5',
        '3',
        '3.2',
        '3.5',
        '4',
        '4.2',
        '4.5',
        '5',
        '5.5',
        '6',
        '6.5',
        '7',
        '8',
        '8.5',
        '9',
        '10',
        '10.2',
        '11',
        '12',
        '13',
      ]),
      grade(['高速钢', '含钴']),
    ],
    price: (v) => (0.8 + number(v['kind']) ** 1.5 * 0.24) * (v['grade'] === '含钴' ? 1.8 : 1),
    spec: (v) => `φ${v['kind']} ${v['grade']}`,
  },
  {
    code: 'CZ',
    name: '冲击钻头',
    category: '刃具磨具',
    brand: '上工',
    unit: '支',
    packs: [['盒', 10]],
    axes: [
      kind('直径', ['6', '8', '10', '12', '14', '16', '18', '20', '22', '25']),
      length(['110', '160', '200', '350']),
    ],
    price: (v) => 2 + number(v['kind']) * number(v['length']) * 0.0042,
    spec: (v) => `φ${v['kind']}*${v['length']}`,
  },
  {
    code: 'QG',
    name: '切割片',
    category: '刃具磨具',
    brand: '金牛',
    unit: '片',
    packs: [
      ['盒', 25],
      ['箱', 200],
    ],
    axes: [kind('直径', ['100', '105', '125', '150', '180', '230', '300', '350', '400']), grade(['金属', '不锈钢'])],
    price: (v) => 1 + number(v['kind']) ** 1.6 * 0.0016,
    spec: (v) => `${v['kind']}mm ${v['grade']}`,
  },
  {
    code: 'SZ',
    name: '砂纸',
    category: '刃具磨具',
    brand: '金牛',
    unit: '张',
    packs: [['包', 100]],
    axes: [kind('目数', ['60', '80', '120', '180', '240', '320', '400', '600', '800', '1000', '1500', '2000'])],
    price: () => 0.9,
    spec: (v) => `${v['kind']}目`,
  },
  {
    code: 'BS',
    name: '呆扳手',
    category: '手动工具',
    brand: '世达',
    unit: '把',
    packs: [['盒', 6]],
    costShare: 0.7,
    axes: [
      kind('规格', [
        '5.5*7',
        '8*10',
        '10*12',
        '12*14',
        '13*15',
        '14*17',
        '17*19',
        '19*22',
        '22*24',
        '24*27',
        '27*30',
        '30*32',
      ]),
    ],
    price: (v) => 5 + number(v['kind']) * 0.9,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'LD',
    name: '螺丝刀',
    category: '手动工具',
    brand: '世达',
    unit: '把',
    packs: [['盒', 12]],
    aliases: ['起子', '改锥'],
    costShare: 0.7,
    axes: [kind('头型', ['一字', '十字']), length(['75', '100', '125', '150', '200', '250'])],
    price: (v) => 5 + number(v['length']) * 0.04,
    spec: (v) => `${v['kind']} ${v['length']}mm`,
  },
  {
    code: 'JC',
    name: '卷尺',
    category: '手动工具',
    brand: '长城',
    unit: '把',
    packs: [
      ['盒', 12],
      ['箱', 72],
    ],
    costShare: 0.66,
    axes: [kind('长度', ['3m', '5m', '7.5m', '10m'])],
    price: (v) => 5 + number(v['kind']) * 2.2,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'QZ',
    name: '钳子',
    category: '手动工具',
    brand: '世达',
    unit: '把',
    packs: [['盒', 6]],
    costShare: 0.7,
    axes: [kind('种类', ['钢丝钳', '尖嘴钳', '斜口钳', '大力钳', '水泵钳']), length(['6寸', '7寸', '8寸', '10寸'])],
    price: (v) => 14 + number(v['length']) * 2.4,
    spec: (v) => `${v['kind']} ${v['length']}`,
  },
  {
    code: 'YD',
    name: '圆钉',
    category: '钉丝',
    brand: '晋亿',
    unit: 'kg',
    packs: [['箱', 25]],
    axes: [length(['25', '30', '40', '50', '60', '70', '80', '100', '120', '150'])],
    price: (v) => 7.4 - number(v['length']) * 0.006,
    spec: (v) => `${v['length']}mm`,
  },
  {
    code: 'TS',
    name: '镀锌铁丝',
    category: '钉丝',
    brand: '晋亿',
    unit: 'kg',
    packs: [
      ['捆', 25, 2],
      ['卷', 50],
    ],
    axes: [kind('号数', ['8号', '10号', '12号', '14号', '16号', '18号', '20号', '22号'])],
    price: (v) => 6.2 + number(v['kind']) * 0.09,
    spec: (v) => v['kind'] ?? '',
  },
  {
    code: 'GK',
    name: '不锈钢喉箍',
    category: '管件',
    brand: '恒锐',
    unit: '个',
    packs: [
      ['盒', 50],
      ['箱', 1000],
    ],
    axes: [
      kind('范围', [
        '8-12',
        '10-16',
        '13-19',
        '16-25',
        '19-29',
        '22-32',
        '25-40',
        '32-50',
        '40-60',
        '50-70',
        '60-80',
        '70-90',
        '80-100',
      ]),
    ],
    price: (v) => 0.6 + number(v['kind']?.split('-')[1]) * 0.016,
    spec: (v) => `φ${v['kind']}`,
  },
  {
    code: 'GQ',
    name: '铜球阀',
    category: '管件',
    brand: '永享',
    unit: '个',
    packs: [
      ['盒', 10],
      ['箱', 60],
    ],
    aliases: ['球阀'],
    costShare: 0.68,
    axes: [kind('口径', ['DN15', 'DN20', 'DN25', 'DN32', 'DN40', 'DN50'])],
    price: (v) => 8 + number(v['kind']?.slice(2)) ** 1.5 * 0.2,
    spec: (v) => v['kind'] ?? '',
  },
]

function metricNut(variant: Record<string, string>): string {
  return `${variant['thread']} ${variant['finish']}`
}

/** Every item of the demo company, family by family: about 1,200. */
export function demoGoods(): { families: DemoFamily[]; items: DemoItem[] } {
  const families = plans.map(({ code, name, category, axes }) => ({
    code,
    name,
    category,
    axes: axes.map(({ key, label, values }) => ({ key, label: { zh: label }, values: [...values] })),
  }))
  return { families, items: plans.flatMap(itemsOf) }
}

const itemsOf = (plan: Plan): DemoItem[] =>
  variantsOf(plan.axes)
    .filter((variant) => !plan.skip?.(variant))
    .map((variant, i) => itemOf(plan, variant, i))

function itemOf(plan: Plan, variant: Record<string, string>, i: number): DemoItem {
  const price = round(plan.price(variant))
  return {
    code: `${plan.code}-${String(i + 1).padStart(3, '0')}`,
    family: plan.code,
    name: plan.name,
    spec: plan.spec(variant),
    category: plan.category,
    brand: plan.brand,
    variant,
    baseUnit: plan.unit,
    units: plan.packs.map(([unit, numerator, denominator = 1]): DemoUnit => ({ unit, numerator, denominator })),
    tracking: plan.tracking ?? 'none',
    listPrice: price,
    cost: round(price * (plan.costShare ?? 0.64)),
    aliases: [...(plan.aliases ?? [])],
  }
}

/** Prices as a price list has them: two decimals from ten yuan on, three below one. */
const round = (price: number): number => Number(price.toFixed(price >= 1 ? 2 : 3))

const variantsOf = (axes: readonly Axis[]): Record<string, string>[] =>
  axes.reduce<Record<string, string>[]>(
    (all, axis) => all.flatMap((variant) => axis.values.map((value) => ({ ...variant, [axis.key]: value }))),
    [{}],
  )
