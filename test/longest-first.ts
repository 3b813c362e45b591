import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Take longer than the others: begun last, all would wait for them. */
const longest = [
  'every-screen.test.ts',
  'every-screen-in-english.test.ts',
  'held-out.test.ts',
  'rights.test.ts',
  'exports.test.ts',
  'embedded-postgres.test.ts',
  'approval.scenario.test.ts',
  'canaries.test.ts',
  'post.test.ts',
  'idempotency.test.ts',
  'figures.scenario.test.ts',
  'taps.scenario.test.ts',
  'permission.test.ts',
  'inventory/time-travel.test.ts',
  'inventory/ledger.test.ts',
]

/**
 * What is known to take long begins first, also in a checkout where nothing was ever timed. Files of one project stay together: they share workers,
 * which load what they test once.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project.name))]
    const placeOf = ({ project }: TestSpecification): number => projects.indexOf(project.name)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b) || Number(isLong(b)) - Number(isLong(a)))
  }
}

const isLong = ({ moduleId }: TestSpecification): boolean => longest.some((name) => moduleId.endsWith(`/${name}`))
