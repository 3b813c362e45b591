import type { Invariant } from '#kernel/invariant'
import {
  callWithoutAnswer,
  cardThatLies,
  constraintOff,
  factLeftBehind,
  guardGone,
  mergedIntoNothing,
  numberNotGiven,
  postedAhead,
  sentWithoutHandle,
} from './house-invariants-store.ts'

/** What must hold of what belongs to no module: calls, facts, messages, numbers, and the database's own guards. */
export const houseInvariants: Invariant[] = [
  {
    id: 'I13',
    name: { zh: '幂等键只对应一个结果', en: 'An idempotency key stands for one finished call' },
    find: callWithoutAnswer,
  },
  {
    id: 'I14',
    name: { zh: '已发送的消息都有平台编号', en: 'Every sent message can be found again on its platform' },
    find: sentWithoutHandle,
  },
  {
    id: 'I14.shown',
    name: { zh: '办结的卡片都显示最终结果', en: 'A card that is settled shows how it was settled' },
    find: cardThatLies,
  },
  {
    id: 'I14.digest',
    name: { zh: '合并的消息都在汇总里', en: 'A message that was merged is a line of a digest' },
    find: mergedIntoNothing,
  },
  {
    id: 'I14.heard',
    name: { zh: '事件都已送达各环节', en: 'No fact is left behind while later ones are heard' },
    find: factLeftBehind,
  },
  {
    id: 'I16',
    name: { zh: '流水和记录的防篡改触发器都在', en: 'What is appended is guarded against change' },
    find: guardGone,
  },
  {
    id: 'I16.constraints',
    name: { zh: '数据库约束全部生效', en: "The database's own constraints are all enforced" },
    find: constraintOff,
  },
  {
    id: 'I16.days',
    name: { zh: '没有提前入账的流水', en: 'Nothing takes effect after the day on which it was recorded' },
    find: postedAhead,
  },
  {
    id: 'I17',
    name: { zh: '单据编号都由编号规则给出', en: 'Every document has a number that was given' },
    find: numberNotGiven,
  },
]
