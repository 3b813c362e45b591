import { createServer } from 'node:http'
import * as lark from '@larksuiteoapi/node-sdk'
import { startSimulator } from './index.ts'

const dep = (key: string, name: string, en: string) => ({ key, name, en })
const departments = [
  dep('office', '总经办', 'Office'),
  dep('sales', '销售部', 'Sales'),
  dep('store', '仓储部', 'Warehouse'),
  dep('finance', '财务部', 'Finance'),
  dep('purchase', '采购部', 'Purchasing'),
  dep('service', '客服与信息', 'Service & IT'),
]
const p = (key: string, name: string, en: string, zh: string, ent: string, department: string, leader?: string) => ({
  key,
  name,
  en,
  mobile: '138000000' + key.length,
  email: key + '@hengrui.cn',
  employeeNumber: 'E' + key.length,
  department,
  title: { zh, en: ent },
  leader,
  platforms: ['feishu' as const],
})
const people = [
  p('chenzong', '陈总', 'Mr Chen', '总经理', 'Owner', 'office'),
  p('wangjie', '王姐', 'Ms Wang', '销售经理', 'Sales manager', 'sales', 'chenzong'),
  p('xiaoli', '小李', 'Xiao Li', '销售', 'Seller', 'sales', 'wangjie'),
  p('xiaohe', '小何', 'Xiao He', '销售', 'Seller', 'sales', 'wangjie'),
  p('zhoumin', '周敏', 'Zhou Min', '采购员', 'Buyer', 'purchase', 'chenzong'),
  p('laozhao', '老赵', 'Lao Zhao', '仓库主管', 'Warehouse keeper', 'store', 'chenzong'),
  p('sungong', '孙工', 'Mr Sun', '装配组长', 'Bench lead', 'store', 'chenzong'),
  p('hezongjian', '何总监', 'Director He', '财务总监', 'Finance director', 'finance', 'chenzong'),
  p('liukuaiji', '刘会计', 'Ms Liu', '会计', 'Accountant', 'finance', 'hezongjian'),
  p('xiaolin', '小林', 'Xiao Lin', '客服', 'Service', 'service', 'chenzong'),
  p('ajie', '阿杰', 'A Jie', '系统管理员', 'Administrator', 'service', 'chenzong'),
]
const app = {
  appId: 'cli_a0123456789abcde',
  appSecret: 's'.repeat(32),
  encryptKey: 'ek',
  verificationToken: 'vt',
  botName: '一单',
}
const appServer = createServer((q, r) => {
  r.setHeader('content-type', 'text/html')
  r.setHeader(
    'content-security-policy',
    "default-src 'self'; style-src 'unsafe-inline'; script-src 'self'; frame-ancestors 'self'",
  )
  r.setHeader('set-cookie', 'sid=' + Date.now() + '; HttpOnly; SameSite=Lax')
  if (q.url === '/a.js') {
    r.setHeader('content-type', 'text/javascript')
    r.end(
      `const s=(t)=>{const p=document.createElement('p');p.textContent=t;document.body.append(p)};s(navigator.userAgent);tt.requestAccess({appID:'${app.appId}',scopeList:[],success(x){s('code '+x.code)},fail(x){s('fail '+JSON.stringify(x))}});document.querySelector('button').onclick=()=>tt.scanCode({success(x){s('scan '+x.result)},fail(x){s('fail '+JSON.stringify(x))}})`,
    )
    return
  }
  r.end(
    `<!doctype html><html><head><meta charset=utf-8><meta name=viewport content="width=device-width"><title>x</title></head><body style="font-family:sans-serif;padding:16px;word-break:break-all"><h3>fake app ${q.url}</h3><p>cookie ${q.headers.cookie}</p><button>scan</button><script src="/a.js"></script></body></html>`,
  )
})
appServer.listen(3990, '127.0.0.1')
const sim = await startSimulator({
  port: 3901,
  people,
  departments,
  appUrl: 'http://127.0.0.1:3990',
  feishu: { tenantKey: 'tk', apps: [app] },
})
const client = new lark.Client({
  appId: app.appId,
  appSecret: app.appSecret,
  domain: sim.url,
  loggerLevel: lark.LoggerLevel.error,
})
const pt = (content: string) => ({ tag: 'plain_text', content })
const approval = (done?: string) => ({
  schema: '2.0',
  config: { update_multi: true },
  header: {
    template: done ? 'green' : 'orange',
    title: pt(done ? '订单已批准' : '订单待审批'),
    subtitle: pt('SO-202611-0231 · 宏达装饰'),
    text_tag_list: [{ tag: 'text_tag', text: pt(done ? '已批准' : '待处理'), color: done ? 'green' : 'orange' }],
  },
  body: {
    elements: [
      {
        tag: 'markdown',
        content:
          '**¥6,243.64**　小李 为 **宏达装饰** 开单\n触发规则：<font color="red">信用额度使用超过 90%</font> <text_tag color="orange">92.84%</text_tag>',
      },
      {
        tag: 'column_set',
        background_style: 'grey',
        columns: [
          {
            tag: 'column',
            width: 'weighted',
            weight: 1,
            elements: [{ tag: 'markdown', content: '未收 71,400.00\n<font color="grey">应收余额</font>' }],
          },
          {
            tag: 'column',
            width: 'weighted',
            weight: 1,
            elements: [{ tag: 'markdown', content: '在途 15,200.00\n<font color="grey">已确认未发</font>' }],
          },
          {
            tag: 'column',
            width: 'weighted',
            weight: 1,
            elements: [{ tag: 'markdown', content: '额度 100,000.00\n<font color="grey">信用额度</font>' }],
          },
        ],
      },
      {
        tag: 'table',
        page_size: 5,
        columns: [
          { name: 'item', display_name: '商品', data_type: 'text' },
          { name: 'qty', display_name: '数量', data_type: 'text', horizontal_align: 'right' },
          { name: 'price', display_name: '单价', data_type: 'number', format: { precision: 2, symbol: '¥' } },
          { name: 's', display_name: '库存', data_type: 'options' },
        ],
        rows: [
          { item: '膨胀螺栓 M10x100', qty: '12,007 支', price: 0.52, s: [{ text: '足够', color: 'green' }] },
          { item: '电锤 26mm', qty: '6 台', price: 486, s: [{ text: '缺 2', color: 'red' }] },
        ],
      },
      {
        tag: 'collapsible_panel',
        expanded: false,
        header: { title: { tag: 'markdown', content: '**最近三单**' } },
        elements: [{ tag: 'markdown', content: '- 10-28 ¥4,210.00\n- 11-06 ¥2,980.50\n- 11-15 ¥1,120.00' }],
      },
      ...(done
        ? [
            { tag: 'hr' },
            { tag: 'markdown', content: `✅ **${done}** 批准　[打开订单](http://127.0.0.1:3990/orders/231)` },
          ]
        : [
            {
              tag: 'form',
              name: 'f',
              elements: [
                {
                  tag: 'input',
                  name: 'comment',
                  required: false,
                  max_length: 200,
                  input_type: 'multiline_text',
                  rows: 2,
                  placeholder: pt('审批意见（选填）'),
                },
                {
                  tag: 'button',
                  name: 'approve',
                  type: 'primary_filled',
                  form_action_type: 'submit',
                  text: pt('同意'),
                  behaviors: [{ type: 'callback', value: { k: 'x', a: 'approve' } }],
                },
                {
                  tag: 'button',
                  name: 'reject',
                  type: 'danger',
                  form_action_type: 'submit',
                  text: pt('拒绝'),
                  behaviors: [{ type: 'callback', value: { k: 'x' } }],
                  confirm: { title: pt('确认拒绝？'), text: pt('订单退回给小李，占用的库存会释放。') },
                },
              ],
            },
            {
              tag: 'button',
              text: pt('查看订单'),
              type: 'text',
              behaviors: [{ type: 'open_url', default_url: 'http://127.0.0.1:3990/orders/231' }],
            },
          ]),
    ],
  },
})
const open = async (key: string) => {
  const r: any = await (await fetch(sim.url + '/sim/people')).json()
  return r.people.find((x: any) => x.key === key).platforms.feishu.openId
}
const send = async (key: string, card: unknown) =>
  client.im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: await open(key), msg_type: 'interactive', content: JSON.stringify(card) },
  })
const ws = new lark.WSClient({
  appId: app.appId,
  appSecret: app.appSecret,
  domain: sim.url,
  loggerLevel: lark.LoggerLevel.error,
})
ws.start({
  eventDispatcher: new lark.EventDispatcher({ loggerLevel: lark.LoggerLevel.error }).register({
    'im.message.receive_v1': async (d) => {
      await client.im.message.create({
        params: { receive_id_type: 'chat_id' },
        data: {
          receive_id: d.message.chat_id,
          msg_type: 'interactive',
          content: JSON.stringify({
            schema: '2.0',
            header: { template: 'blue', title: pt('膨胀螺栓 M10x100') },
            body: {
              elements: [
                {
                  tag: 'markdown',
                  content:
                    '可用 **5,993 支**（在手 18,000，占用 12,007）\n\n| 仓库 | 在手 | 可用 |\n|---|---|---|\n| 主仓 | 15,000 | 4,993 |\n| 城南门店仓 | 3,000 | 1,000 |\n\n<font color="grey">截至 10:32</font>　[打开商品](http://127.0.0.1:3990/items/1)',
                },
              ],
            },
          }),
        },
      })
      return {}
    },
    'card.action.trigger': async (d: any) => {
      await new Promise((r) => setTimeout(r, 300))
      return { toast: { type: 'success', content: '已批准' }, card: { type: 'raw', data: approval('何总监') } }
    },
  }),
})
await send('hezongjian', approval()).catch((e) => console.log(JSON.stringify(e.response?.data)))
console.log('ready', process.pid)
