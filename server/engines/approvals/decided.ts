import { Refusal, showValue } from '#contract'
import type { Tx } from '#kernel/db'
import type { Approval } from './approval.model.ts'
import type { ApprovalState, Choice } from './contract.ts'
import { directory } from './directory.ts'
import { choiceWords, doneWords, somebody } from './words.ts'

/** Lets the model decide. The model knows ids; a person who is refused reads names, so they are put into the refusal here. */
export async function decided(tx: Tx, decide: () => Approval): Promise<Approval> {
  try {
    return decide()
  } catch (error) {
    throw error instanceof Refusal ? await named(tx, error) : error
  }
}

async function named(tx: Tx, refusal: Refusal): Promise<Refusal> {
  // The facts that approval.model.ts gives with its refusals.
  const { by, at, state, choice } = refusal.facts as {
    by?: string
    at?: string
    state?: ApprovalState
    choice?: Choice
  }
  const person = by && (await directory().namesOf(tx, [by])).get(by)
  return new Refusal(refusal.code, {
    ...refusal.facts,
    ...(by && { by: person ?? somebody, byId: by }),
    ...(at && { when: showValue({ kind: 'instant' }, at, 'zh') }),
    ...(state && { done: doneWords[state] }),
    ...(choice && { choice: choiceWords[choice], choiceCode: choice }),
  })
}
