import { randomUUID } from 'node:crypto'

import type { AskView } from '../answers.ts'
import type { Person } from '../people.ts'
import type { Dingtalk } from './state.ts'

const ANSWER_WITHIN_MS = 5 * 60_000

type Value = string | string[] | null

/** Waits for the person: his answer may be prepared, comes from the page, or never comes. */
export function question(dingtalk: Dingtalk, person: Person, ask: AskView['ask'], multi: boolean): Promise<Value> {
  const prepared = dingtalk.prepared.get(`${person.key} ${ask}`)?.shift()
  if (prepared !== undefined) return Promise.resolve(prepared)
  const asked = { id: randomUUID(), person: person.key, ask, multi }
  return new Promise((resolve) => {
    const settle = (value: Value) => {
      dingtalk.questions.delete(asked.id)
      dingtalk.publish({ kind: 'answered', platform: 'dingtalk', id: asked.id })
      resolve(value)
    }
    dingtalk.clock.at(dingtalk.clock.now() + ANSWER_WITHIN_MS, () => settle(null))
    dingtalk.questions.set(asked.id, { ...asked, resolve: settle })
    dingtalk.publish({ kind: 'ask', platform: 'dingtalk', question: asked })
  })
}

/** Answers the oldest open question of a person, or keeps the answer for the next one. */
export function answerQuestion(dingtalk: Dingtalk, personKey: string, ask: AskView['ask'], value: Value): void {
  const open = [...dingtalk.questions.values()].find((each) => each.person === personKey && each.ask === ask)
  if (open) return open.resolve(value)
  const key = `${personKey} ${ask}`
  dingtalk.prepared.set(key, [...(dingtalk.prepared.get(key) ?? []), value])
}
