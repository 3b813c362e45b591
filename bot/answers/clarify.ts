import { type Lang, say, type Text } from '#contract'
import type { Card } from '../card.ts'
import { intentTitles } from './intents.ts'
import type { Understanding } from './understanding.ts'

type Asking = Extract<Understanding, { kind: 'ask' }>

const questions = {
  item: { zh: '你指的是哪一个商品？', en: 'Which item do you mean?' },
  customer: { zh: '你指的是哪一个客户？', en: 'Which customer do you mean?' },
  order: { zh: '你指的是哪一张订单？', en: 'Which order do you mean?' },
  warehouse: { zh: '你指的是哪一个仓库？', en: 'Which warehouse do you mean?' },
  person: { zh: '你指的是谁？', en: 'Whom do you mean?' },
  goods: { zh: '要哪些商品，各多少？', en: 'Which items, and how many of each?' },
  words: { zh: '要记下什么？请连客户和内容一起说。', en: 'What is to be written down? Say it with the customer.' },
  intent: { zh: '你想查什么？', en: 'What would you like to know?' },
  except: {
    zh: '我还不会把其中一部分排除在外。要看包含在内的吗？',
    en: 'I cannot leave out a part. Do you want all of it?',
  },
  meant: { zh: '我理解为下面这个意思，对吗？', en: 'Is this what you mean?' },
}

/** Several things fit: he chooses. The choice runs the typed query that its button stands for. */
export function clarifyCard({ question, choices, more, named }: Asking, lang: Lang): Card {
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: questions[question][lang],
    parts: [
      ...(named ? [{ kind: 'text' as const, text: saidOf(question, named, en) }] : []),
      ...(more > 0
        ? [
            {
              kind: 'note' as const,
              text: en
                ? `and ${more} more; say a little more to narrow it down`
                : `另有 ${more} 个，可以多说一点缩小范围`,
            },
          ]
        : []),
    ],
    buttons: choices.map((choice, i) => ({
      name: `choice${i + 1}`,
      label: [choice.of && say(intentTitles[choice.of], lang), choice.label].filter(Boolean).join(en ? ': ' : '：'),
      look: 'plain',
      act: 'bot.choose',
      args: { query: choice.query, lang, named: choice.named },
    })),
  }
}

const saidOf = (question: Asking['question'], named: string, en: boolean): string =>
  question === 'except'
    ? en
      ? `Including "${named}":`
      : `包含「${named}」：`
    : en
      ? `Several fit "${named}".`
      : `「${named}」对应不止一个。`

const kinds: { of: RegExp; text: Text }[] = [
  {
    of: /^(?:ar|ap)\./,
    text: {
      zh: '欠款和信用这类数据需要财务权限，你的岗位看不到。可以请会计或这家客户的销售帮你查，长期需要请找管理员开通。',
      en: 'Receivables and credit need a right that your role lacks. Ask accounting or the seller; for good, ask the administrator.',
    },
  },
  {
    of: /^margin\./,
    text: {
      zh: '成本和毛利这类数据需要财务权限，你的岗位看不到。可以请销售经理或会计帮你查，长期需要请找管理员开通。',
      en: 'Costs and margins need a right that your role lacks. Ask the sales manager or accounting; for good, ask the administrator.',
    },
  },
  {
    of: /^(?:order|delivery|price|sales|crm|quote|target|owner)\./,
    text: {
      zh: '客户、价格和销售这类数据需要销售权限，你的岗位看不到。可以请销售或客服帮你查，长期需要请找管理员开通。',
      en: 'Customers, prices and sales need a right that your role lacks. Ask sales or service; for good, ask the administrator.',
    },
  },
  {
    of: /^stock\./,
    text: {
      zh: '库存这类数据你的岗位看不到。可以请仓库帮你查，长期需要请找管理员开通。',
      en: 'Stock needs a right that your role lacks. Ask the warehouse; for good, ask the administrator.',
    },
  },
]
const forbidden: Text = {
  zh: '这类数据你的岗位看不到，请找管理员开通。',
  en: 'Your role may not see this; ask the administrator.',
}

/** Why there is no answer, in words that give nothing away: unknown and not yours read the same. */
export function sorry(understanding: Exclude<Understanding, { kind: 'query' | 'ask' }>, lang: Lang): string {
  const en = lang === 'en'
  switch (understanding.kind) {
    case 'unknown':
      return en
        ? `There is nothing called "${understanding.named}" that you may see.`
        : `没有找到你可以查看的「${understanding.named}」。`
    case 'missing':
      return questions[understanding.what][lang]
    case 'denied':
      return say(kinds.find((kind) => kind.of.test(understanding.intent))?.text ?? forbidden, lang)
    case 'cancelled':
      return en ? 'All right, forgotten.' : '好的，不查了。'
    case 'declined':
      return en
        ? 'I did not understand. I answer about stock, orders and receivables; say "help" to see how to ask.'
        : '没听懂。我能查库存、订单和应收；发「帮助」看看可以怎么问。'
  }
}
