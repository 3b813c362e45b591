import { ask, choosePerson, openApp, showCard, stage } from './stage.ts'
import type { Text } from './texts.ts'

/** What the page does by itself when a step begins. */
export type Act =
  | { act: 'choose'; person: string }
  | { act: 'open'; path: string }
  | {
      act: 'card'
      /** What to ask the bot when no card has come. */
      otherwise?: string
    }
  | { act: 'ask'; text: string }

export type Step = { title: Text; text: Text; acts: Act[] }

/** The main job in five steps, from the counter to the cash. */
export const steps: Step[] = [
  {
    title: { zh: '柜台前，小李在企业微信里开单', en: 'At the counter, 小李 takes an order inside WeCom' },
    text: {
      zh: '小李在客户的柜台用手机开单，不离开聊天软件：阶梯价、可用库存、剩余信用，输入时就看得见。在右边的手机上给宏达装饰开一单并提交；或直接点下一步，看提交之后的事。',
      en: 'On his phone, without leaving his chat program, 小李 sees tier price, available stock and credit left while he types. Take an order for 宏达装饰 on the phone at the right and submit it, or go on to see what follows.',
    },
    acts: [
      { act: 'choose', person: 'xiaoli' },
      { act: 'open', path: '/orders/new' },
    ],
  },
  {
    title: { zh: '规则说话，卡片上门', en: 'A rule speaks, a card arrives' },
    text: {
      zh: '订单碰到规则（信用额度使用超过 90%），就变成一张卡片，送到何总监的飞书里：谁、多少钱、哪条规则、什么数字，一眼看完。',
      en: 'An order that meets a rule (credit use above 90%) becomes a card in the Feishu of the finance director: who, how much, which rule, which figures.',
    },
    acts: [
      { act: 'choose', person: 'hezongjian' },
      { act: 'card', otherwise: '有哪些待我审批' },
    ],
  },
  {
    title: { zh: '在卡片上拍板', en: 'The decision, on the card' },
    text: {
      zh: '填一句意见，点同意或拒绝。每一个收到这张卡片的人，不管用飞书、钉钉还是企业微信，看到的都会立刻变成最终结果；晚点的人会被客气地告知，什么也不会重复发生。',
      en: 'Write a comment, approve or reject. Every copy of this card, on Feishu, DingTalk and WeCom alike, turns to its final state at once; whoever comes late is told so, and nothing happens twice.',
    },
    acts: [{ act: 'card' }],
  },
  {
    title: { zh: '问机器人，答案有凭有据', en: 'Ask the bot, get an answer with proof' },
    text: {
      zh: '小李问库存。机器人用实时数据回答：每个仓库、可用、在途，附上时间和单据链接；不该他看的，他看不到。',
      en: '小李 asks for stock. The bot answers from live data: per warehouse, available, in transit, with its moment and a link. What he may not see, he does not see.',
    },
    acts: [
      { act: 'choose', person: 'xiaoli' },
      { act: 'ask', text: '膨胀螺栓 M10x100 还有多少' },
    ],
  },
  {
    title: { zh: '货出门，钱回来', en: 'Goods leave, money returns' },
    text: {
      zh: '老赵在钉钉里扫码出库，应收按账期出现。刘会计在手机上看账龄、登记收款，订单从头到尾在一条链上。打开下方的网络往来，可以看到刚才的每一次签名。',
      en: '老赵 ships by scan in DingTalk and the receivable falls due by its terms. 刘会计 sees the ageing on the phone and books the receipt. Open the wire below to see each signature of what just happened.',
    },
    acts: [
      { act: 'choose', person: 'liukuaiji' },
      { act: 'open', path: '/receivables' },
    ],
  },
]

/** Runs the acts of a step; a person whom this company does not have is passed over. */
export async function run(step: Step): Promise<void> {
  for (const each of step.acts) {
    if (each.act === 'choose' && stage.people.some((one) => one.key === each.person)) await choosePerson(each.person)
    if (each.act === 'open') await openApp(each.path)
    if (each.act === 'card' && !showCard() && each.otherwise) void ask(each.otherwise)
    if (each.act === 'ask') void ask(each.text)
  }
}
