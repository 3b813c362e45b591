import type { Text } from '#contract'
import type { Finding, Verdict } from './contract.ts'

/**
 * What a record is known by. Two that share a `unique` key cannot both be; two that share all keys that `define` are one and the same;
 * two that share any other may be.
 */
export type RowKey = { key: string; unique?: { field: string; label: Text }; defines?: boolean }

/** Somebody who has some of these keys already: a record that is there, or an earlier row. */
export type Holder = { id: string; keys: readonly string[]; words: Text }

export type Judgement = { verdict: Verdict; findings: Finding[] }

/** What becomes of a row whose values can all be, given who has its keys. */
export function judge(keys: readonly RowKey[], holders: readonly Holder[]): Judgement {
  const defining = keys.filter(({ defines }) => defines).map(({ key }) => key)
  const twin = defining.length > 0 && holders.find((holder) => defining.every((key) => holder.keys.includes(key)))
  if (twin)
    return { verdict: 'same', findings: [{ field: null, message: alike(twin.words, '与{0}相同', 'The same as {0}') }] }

  const taken = keys.flatMap(({ key, unique }) => {
    const holder = unique && holders.find((one) => one.keys.includes(key))
    return holder
      ? [
          {
            field: unique.field,
            message: alike(
              holder.words,
              `${unique.label.zh}已是{0}`,
              `${unique.label.en ?? unique.label.zh}: has {0} already`,
            ),
          },
        ]
      : []
  })
  if (taken.length > 0) return { verdict: 'wrong', findings: taken }

  const similar = holders.filter((holder) => keys.some(({ key }) => holder.keys.includes(key)))
  if (similar.length === 0) return { verdict: 'new', findings: [] }
  const findings = similar
    .slice(0, 3)
    .map(({ words }) => ({ field: null, message: alike(words, '可能就是{0}', 'May be {0}') }))
  return { verdict: 'doubtful', findings }
}

const alike = (words: Text, zh: string, en: string): Text => ({
  zh: zh.replace('{0}', () => words.zh),
  en: en.replace('{0}', () => words.en ?? words.zh),
})

/** Who has which keys, so that the holders of a row's keys are found at once. */
export class Holders {
  readonly #byKey = new Map<string, Holder[]>()

  add(holder: Holder): void {
    for (const key of holder.keys) {
      const there = this.#byKey.get(key)
      if (there) there.push(holder)
      else this.#byKey.set(key, [holder])
    }
  }

  of(keys: readonly RowKey[]): Holder[] {
    const found = new Map<string, Holder>()
    for (const { key } of keys) for (const holder of this.#byKey.get(key) ?? []) found.set(holder.id, holder)
    return [...found.values()]
  }
}
