import { isUntold } from './concerns.ts'
import { isIdle, type Scored } from './cues.ts'
import { isOfDraft } from './goes-on.ts'
import { keepAll } from './left-out.ts'
import type { Likeness } from './likeness.ts'
import type { BotQuery, Intent } from './query.ts'
import type { Slots } from './slots.ts'
import { worth } from './telling-words.ts'
import type { Known, Understanding } from './understanding.ts'

// What is not answered, whatever it names: attacks, commands to change things, what nothing here tells of, and idle talk.

const attacks: readonly RegExp[] = [
  /drop\s+table|select\s+.*\bfrom\b|delete\s+from|insert\s+into|union\s+select|--\s*$|\{\{|<script/,
  /ignore .*instructions|忽略.*(?:指令|规则|以上)|system prompt|提示词|密码|password/,
  // To be somebody else.
  /假装|扮演|冒充|装作|(?:当|视)(?:作|成)你是|(?:假如|假设|如果|现在|就当)你(?:就)?是(?!不是|否)|\bpretend\b|act as\b|role.?play/,
]
export const isHostile = (message: string): boolean => attacks.some((pattern) => pattern.test(message))

/** What would change or carry away something: nothing here does. */
const changes: readonly RegExp[] = [
  /(?:改|调整?|提高?|加|降|设)(?:成|为|到)\s*\d|改(?:成|为|一?下|掉)|改.{1,12}(?:成|为|到)|(?:涨|降|提)\d+%/,
  /(?:额度|目标|价格?|库存|数量?|账期|欠款|余额|权限|业绩|级别|等级|名字|地址|电话).{0,4}(?:改|调|提|加|降|设|开|变)(?:成|为|到|高|低)/,
  /(?:审批|批|通过|驳回)掉|都(?:批|审批|通过|驳回)了(?!没|吗|么)/,
  /^取消(?!了|掉|的).{2,16}单|把.{1,16}单.{0,3}(?:取消|撤)|作废(?!的|了的|除外|不|单)/,
  /删(?:除|掉|了)|清零|归零|抹(?:掉|个?零)|核销|转(?:成|为)(?:订单|销售单|正式)/,
  /(?<!对账单.{0,4})导出(?!.{0,16}对账单)|群发|发给(?:所有|全部|大家)|发[到在给].{0,6}群|发到.*邮箱|\b(?:delete|update|change|remove|export|modify)\b/,
]
const mayTell: ReadonlySet<Intent> = new Set([
  'crm.log',
  'owner.remind',
  'alert.subscribe',
  'quote.draft',
  'order.draft',
  'help',
])
const forecast = /明年|后年|预测|会不会涨|会涨吗|将来|forecast|predict|next year/

const ofWorth = new RegExp(worth)

type Said = {
  message: string
  slots: Slots
  best: Scored | undefined
  likeness: Likeness
  last: BotQuery | undefined
  may: Known['may']
}

/** Why a message is declined or refused before anybody looks for what it may mean; nothing where it is not. */
export function refused(said: Said): Extract<Understanding, { kind: 'declined' | 'denied' }> | undefined {
  const { message, slots, best, likeness, last, may } = said
  const isForecast = forecast.test(message) && best !== undefined && /^sales|^target|^price/.test(best.intent)
  if (isForecast || tellsToChange(said)) return { kind: 'declined', isFinal: true }
  // An approval may be of anything.
  const isKept = best !== undefined && (keepAll.has(best.intent) || best.intent.startsWith('approval.'))
  // A draft of no goods is none, and its words are no goods' either: 开张发票.
  const isWanting = best?.intent.endsWith('.draft') === true && !slots.namesItem
  // A return has a number of its own, by which it is found.
  if (isUntold(slots.asking) && slots.orderTail === undefined && (!isKept || isWanting))
    return ofWorth.test(slots.asking) && !may('margin.query')
      ? { kind: 'denied', intent: 'margin.query' }
      : { kind: 'declined' }
  // Whatever plainly names something is no idle talk, unless it would begin a draft beside words that nobody knows.
  const isStrange = slots.unknown !== '' && isKept
  const isVague = slots.named === '' || isStrange
  return !last && isVague && isIdle(best, likeness, isStrange) ? { kind: 'declined' } : undefined
}

const tellsToChange = ({ message, slots, best, last }: Said): boolean =>
  changes.some((pattern) => pattern.test(message)) && !isOfDraft(last, slots) && !(best && mayTell.has(best.intent))
