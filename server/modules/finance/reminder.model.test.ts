import { expect, test } from 'vitest'
import { stageSpans } from './reminder.model.ts'

test('each stage lasts until the next, and the one before the due day ends with it', () => {
  const spans = stageSpans([
    { days: 30, audience: 'director' },
    { days: -7, audience: 'owner' },
    { days: 1, audience: 'owner' },
    { days: 15, audience: 'manager' },
  ])
  expect(spans).toEqual([
    { stage: 'before-7', days: -7, until: 1, audience: 'owner' },
    { stage: 'overdue-1', days: 1, until: 15, audience: 'owner' },
    { stage: 'overdue-15', days: 15, until: 30, audience: 'manager' },
    { stage: 'overdue-30', days: 30, until: null, audience: 'director' },
  ])
})

test('without a stage for the first days overdue nobody is told that something is still due', () => {
  const spans = stageSpans([
    { days: -7, audience: 'owner' },
    { days: 10, audience: 'manager' },
  ])
  expect(spans.map(({ stage, until }) => [stage, until])).toEqual([
    ['before-7', 1],
    ['overdue-10', null],
  ])
})
