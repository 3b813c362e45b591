/** Longer than this is left to the queue, which tries again by itself. */
const waitSecondsMax = 10
const triesMax = 3

/** What an answer asks of the caller: nothing, a new token, or to wait. */
export type Verdict = { kind: 'done' } | { kind: 'stale' } | { kind: 'wait'; seconds: number }

/**
 * Makes a call as platforms want it made: a token that is no longer taken is renewed, and the call made once more with a new one; where they say how
 * long to wait, that is waited, a few times. Whatever the last answer is, it is the answer.
 */
export async function patiently<Answer>(
  call: () => Promise<Answer>,
  judge: (answer: Answer) => Verdict,
  renew: () => Promise<void>,
): Promise<Answer> {
  let hasRenewed = false
  for (let tries = 1; ; tries++) {
    const answer = await call()
    const verdict = judge(answer)
    if (verdict.kind === 'stale' && !hasRenewed) {
      hasRenewed = true
      await renew()
    } else if (verdict.kind === 'wait' && verdict.seconds <= waitSecondsMax && tries < triesMax)
      await seconds(verdict.seconds)
    else return answer
  }
}

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000))
