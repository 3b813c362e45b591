/** Somebody of the demo company. Nobody of this name exists; mobiles and addresses are from ranges that nobody is given. */
export type DemoPerson = {
  key: string
  name: string
  en: string
  mobile: string
  email: string
  employeeNumber: string
  department: string
  title: { zh: string; en: string }
  leader?: string
  roles: string[]
  platforms: ('feishu' | 'dingtalk' | 'wecom')[]
}

export type DemoDepartment = { key: string; name: string; en: string; parent?: string; leader?: string }

export const demoCompany = { name: '云港恒锐五金有限公司', en: 'Yungang Hengrui Hardware Co., Ltd.' }

export const demoDepartments: DemoDepartment[] = [
  { key: 'office', name: '总经办', en: 'Head office', leader: 'chenzong' },
  { key: 'sales', name: '销售部', en: 'Sales', leader: 'wangjie' },
  { key: 'purchasing', name: '采购部', en: 'Purchasing', leader: 'zhoumin' },
  { key: 'warehouse', name: '仓储部', en: 'Warehouse', leader: 'laozhao' },
  { key: 'bench', name: '装配组', en: 'Bench', leader: 'sungong' },
  { key: 'finance', name: '财务部', en: 'Finance', leader: 'hezongjian' },
  { key: 'service', name: '客服部', en: 'Service', leader: 'xiaolin' },
]

type Row = [
  key: string,
  name: string,
  en: string,
  department: string,
  zh: string,
  title: string,
  leader: string | undefined,
  ...roles: string[],
]

const rows: Row[] = [
  ['chenzong', '陈总', 'Chen', 'office', '总经理', 'Owner', undefined, 'owner'],
  ['ajie', '阿杰', 'Ajie', 'office', '系统管理员', 'Administrator', 'chenzong', 'admin'],
  ['xiaotang', '小唐', 'Tang', 'office', '行政', 'Office clerk', 'chenzong'],
  ['wangjie', '王姐', 'Wang', 'sales', '销售经理', 'Sales manager', 'chenzong', 'sales_manager'],
  ['xiaoli', '小李', 'Li', 'sales', '销售', 'Seller', 'wangjie', 'seller'],
  ['xiaohe', '小何', 'He', 'sales', '销售', 'Seller', 'wangjie', 'seller'],
  ['xiaofang', '小方', 'Fang', 'sales', '销售', 'Seller', 'wangjie', 'seller'],
  ['xiaosun', '小孙', 'Sun', 'sales', '销售', 'Seller', 'wangjie', 'seller'],
  ['xiaodeng', '小邓', 'Deng', 'sales', '门店销售', 'Shop seller', 'wangjie', 'seller'],
  ['xiaoxu', '小徐', 'Xu', 'sales', '车销', 'Van seller', 'wangjie', 'seller'],
  ['zhoumin', '周敏', 'Zhou Min', 'purchasing', '采购主管', 'Buyer', 'chenzong', 'buyer'],
  ['xiaoqian', '小钱', 'Qian', 'purchasing', '采购员', 'Purchasing clerk', 'zhoumin', 'buyer'],
  ['laozhao', '老赵', 'Zhao', 'warehouse', '仓库主管', 'Warehouse keeper', 'chenzong', 'warehouse'],
  ['xiaoma', '小马', 'Ma', 'warehouse', '仓管员', 'Warehouse clerk', 'laozhao', 'warehouse'],
  ['xiaoniu', '小牛', 'Niu', 'warehouse', '仓管员', 'Warehouse clerk', 'laozhao', 'warehouse'],
  ['laopeng', '老彭', 'Peng', 'warehouse', '司机', 'Driver', 'laozhao', 'warehouse'],
  ['laoding', '老丁', 'Ding', 'warehouse', '司机', 'Driver', 'laozhao', 'warehouse'],
  ['sungong', '孙工', 'Sun Gong', 'bench', '装配主管', 'Bench lead', 'chenzong', 'production'],
  ['xiaolu', '小陆', 'Lu', 'bench', '装配工', 'Assembler', 'sungong', 'production'],
  ['xiaoshi', '小石', 'Shi', 'bench', '装配工', 'Assembler', 'sungong', 'production'],
  ['xiaoyu', '小俞', 'Yu', 'bench', '装配工', 'Assembler', 'sungong', 'production'],
  ['hezongjian', '何总监', 'Director He', 'finance', '财务总监', 'Finance director', 'chenzong', 'finance_director'],
  ['liukuaiji', '刘会计', 'Liu', 'finance', '会计', 'Accountant', 'hezongjian', 'accountant'],
  ['xiaojin', '小金', 'Jin', 'finance', '出纳', 'Cashier', 'hezongjian', 'accountant'],
  ['xiaolin', '小林', 'Lin', 'service', '客服', 'Service', 'chenzong', 'service'],
  ['xiaomiao', '小苗', 'Miao', 'service', '客服', 'Service', 'xiaolin', 'service'],
]

type PlatformName = DemoPerson['platforms'][number]

/** Sales is out with customers and lives on WeCom, the warehouse and the bench on DingTalk, the office on Feishu; the owner is on all of them. */
function platformsOf(key: string, department: string): PlatformName[] {
  if (key === 'chenzong') return ['wecom', 'feishu', 'dingtalk']
  if (department === 'sales') return ['wecom']
  return department === 'warehouse' || department === 'bench' ? ['dingtalk'] : ['feishu']
}

export const demoPeople: DemoPerson[] = rows.map(([key, name, en, department, zh, title, leader, ...roles], i) => ({
  key,
  name,
  en,
  mobile: `1990000${String(i + 1).padStart(4, '0')}`,
  email: `${key}@hengrui.example`,
  employeeNumber: `HR${String(i + 1).padStart(3, '0')}`,
  department,
  title: { zh, en: title },
  leader,
  roles,
  platforms: platformsOf(key, department),
}))
