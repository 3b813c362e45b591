import { defineMessages } from '../../i18n.ts'

export const t = defineMessages(
  'targets',
  {
    targets: '销售目标',
    target: '目标',
    sold: '已成交',
    noTarget: '未设目标',
    noTargets: '这个月还没有目标和成交',
    setTarget: '设目标',
    setTargetOf: '设 {name} 的目标',
    targetOf: '{name} {month} 的目标',
    targetSaved: '目标已保存',
    targetBasis: '按已确认订单的下单日统计，含税',
    monthBefore: '上个月',
    monthAfter: '下个月',
  },
  {
    targets: 'Sales targets',
    target: 'Target',
    sold: 'Sold',
    noTarget: 'No target',
    noTargets: 'Neither targets nor sales in this month',
    setTarget: 'Set',
    setTargetOf: 'Set the target of {name}',
    targetOf: 'Target of {name}, {month}',
    targetSaved: 'Target saved',
    targetBasis: 'Agreed orders by order day, tax included',
    monthBefore: 'Month before',
    monthAfter: 'Month after',
  },
)
