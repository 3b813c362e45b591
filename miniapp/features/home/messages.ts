import { defineMessages } from '../../i18n.ts'

export const t = defineMessages(
  'home',
  {
    title: '首页',
    morning: '早上好，{name}',
    noon: '中午好，{name}',
    afternoon: '下午好，{name}',
    evening: '晚上好，{name}',
    searchAll: '搜客户、商品、单据',
    recent: '最近打开',
    searchTitle: '搜索',
    searchHint: '输入名称、拼音首字母、编码、规格或单号，也可以扫码',
    nothing: '没有找到「{text}」',
    nothingHint: '换个说法试试，或检查是否有权限查看',
  },
  {
    title: 'Home',
    morning: 'Good morning, {name}',
    noon: 'Good day, {name}',
    afternoon: 'Good afternoon, {name}',
    evening: 'Good evening, {name}',
    searchAll: 'Customers, items, documents',
    recent: 'Recently opened',
    searchTitle: 'Search',
    searchHint: 'Type a name, initials, a code, a spec or a number, or scan',
    nothing: 'Nothing found for "{text}"',
    nothingHint: 'Try other words; what you may not see is not found',
  },
)
