import type { ReminderStage } from './contract.ts'

/** A stage lasts from `days` after the due day until the next one begins: null, for good. */
export type StageSpan = { stage: string; days: number; until: number | null; audience: ReminderStage['audience'] }

const stageName = (days: number): string => (days < 0 ? `before-${-days}` : `overdue-${days}`)

/** The stages a receivable goes through, each with its end. One that announces the due day ends with it. */
export function stageSpans(stages: readonly ReminderStage[]): StageSpan[] {
  const inOrder = [...stages].sort((a, b) => a.days - b.days)
  return inOrder.map(({ days, audience }, i) => {
    const next = inOrder[i + 1]?.days ?? null
    const until = days <= 0 ? Math.min(1, next ?? 1) : next
    return { stage: stageName(days), days, until, audience }
  })
}
