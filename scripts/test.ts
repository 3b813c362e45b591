import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runStep, runSteps, show, staticSteps } from './steps.ts'

type Counts = { passed: number; failed: number }
/** What is used of the report that vitest writes. */
type VitestReport = { numPassedTests: number; numFailedTests: number }

/** The quick kinds of tests run together; those in a browser need the machine for themselves. */
const suites = [['stateless', 'unit', 'alone', 'page', 'alone-on-page'], ['browser']]
/** Runs only when it is asked for: it takes an hour. */
const storm = 'storm'
const names = [...staticSteps.map((step) => step.name), ...suites.flat(), storm]
const cache = fileURLToPath(new URL('../node_modules/.cache/yidan/', import.meta.url))

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(1)
}
const counts = await testAll((name) => (chosen.length === 0 ? name !== storm : chosen.includes(name)))
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** Each step that fails ends the run: what comes later would only say the same, later. */
async function testAll(isChosen: (name: string) => boolean): Promise<Counts> {
  const counts = { passed: 0, failed: 0 }
  const steps = staticSteps.filter((step) => isChosen(step.name))
  if (!(await runSteps(steps, 2))) return { ...counts, failed: 1 }

  for (const suite of [...suites, [storm]]) {
    const projects = suite.filter(isChosen)
    if (projects.length === 0) continue
    const { passed, failed } = await runTests(projects)
    counts.passed += passed
    counts.failed += failed
    if (failed > 0) break
  }
  return counts
}

async function runTests(projects: string[]): Promise<Counts> {
  const name = projects.join('-')
  const report = `${cache}test-${name}.json`
  mkdirSync(cache, { recursive: true })
  rmSync(report, { force: true })
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = [
    process.execPath,
    vitest,
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...reporters,
  ]
  const result = await runStep({ name, command }, { live: true })
  show(result)
  return count(report, result.passed)
}

/** A run that failed counts a failure even when no test did: a file that cannot be loaded has none to count. */
function count(report: string, passed: boolean): Counts {
  const none: VitestReport = { numPassedTests: 0, numFailedTests: 0 }
  const { numPassedTests, numFailedTests }: VitestReport = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : none
  return { passed: numPassedTests, failed: passed ? 0 : Math.max(numFailedTests, 1) }
}
