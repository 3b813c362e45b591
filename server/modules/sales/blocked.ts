import { type Lang, Refusal, say, type Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { isBlocked, reasonsFor } from './judge-sale.ts'
import type { Standing } from './order-facts.model.ts'
import type { FiredRule, SoldLine } from './order.model.ts'
import { waysOutFor } from './ways-out.ts'

/** Refuses with the rules that stand in the way, their figures, and the smallest ways out. */
export async function refuseBlocked(
  tx: Tx,
  caller: Caller,
  document: string,
  fired: readonly FiredRule[],
  standing?: Standing,
  lines: readonly SoldLine[] = [],
): Promise<never> {
  const blocking = fired.filter((rule) => isBlocked([rule]))
  const reasons = await reasonsFor(tx, caller, document, blocking)
  const waysOut = standing ? waysOutFor(caller, blocking, standing, lines) : []
  throw new Refusal('rule_blocked', {
    rules: inBoth((lang) => reasons.map(({ name, words }) => joined([name, ...words], ': ', lang)).join('; ')),
    ways:
      waysOut.length > 0
        ? inBoth(
            (lang) =>
              `${lang === 'zh' ? '可以：' : 'You can: '}${joined(
                waysOut.map(({ words }) => words),
                '; ',
                lang,
              )}`,
          )
        : { zh: '请联系主管', en: 'Ask your manager' },
    reasons,
    waysOut,
  })
}

const inBoth = (sentence: (lang: Lang) => string): Text => ({ zh: sentence('zh'), en: sentence('en') })
const chinese: Record<string, string> = { ': ': '：', '; ': '；' }
const joined = (texts: Text[], by: string, lang: Lang): string =>
  texts.map((text) => say(text, lang)).join(lang === 'zh' ? (chinese[by] ?? by) : by)
