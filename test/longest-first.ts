import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Takes longer than any other file: begun last, all would wait for it. */
const longest = 'every-screen.test.ts'

/** What is known to take long begins first, also in a checkout where nothing was ever timed. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => Number(b.moduleId.endsWith(longest)) - Number(a.moduleId.endsWith(longest)))
  }
}
