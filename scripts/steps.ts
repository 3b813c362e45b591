import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** One check of the house: a program that ends with 0 when all is well. */
export type Step = { name: string; command: string[] }
export type Result = { step: Step; passed: boolean; output: string; ms: number }

const root = fileURLToPath(new URL('..', import.meta.url))
const installed = (program: string) => fileURLToPath(new URL(`../node_modules/.bin/${program}`, import.meta.url))
const script = (name: string) => [process.execPath, '--import', 'tsx', `scripts/${name}.ts`]

/** Runs one step. With `live` its output is shown as it comes; without, it is kept for the result. */
export function runStep(step: Step, { live = false } = {}): Promise<Result> {
  const startedAt = Date.now()
  const out = live ? 'inherit' : 'pipe'
  return new Promise((resolve, reject) => {
    const [program = '', ...args] = step.command
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', out, out] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ step, passed: code === 0, output, ms: Date.now() - startedAt }))
  })
}

/** Runs steps, a few side by side, and shows each as it ends. After a failure no other is begun. */
export async function runSteps(steps: Step[], sideBySide: number): Promise<boolean> {
  const waiting = [...steps]
  let allPassed = true
  const worker = async () => {
    for (let step = waiting.shift(); step && allPassed; step = waiting.shift()) {
      const result = await runStep(step)
      show(result)
      allPassed &&= result.passed
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
  return allPassed
}

export function show({ step, passed, output, ms }: Result) {
  console.log(`${passed ? '✓' : '✗'} ${step.name.padEnd(16)} ${(ms / 1000).toFixed(1)} s`)
  if (!passed && output) console.log(`\n${output.trimEnd()}\n`)
}

/** What looks at the code without running it. */
export const staticSteps: Step[] = [
  // With room for what is young, a seventh of the checker's time is not spent on collecting it. What it found is kept: the next time it looks at what
  // has changed, and at what that changes for others.
  {
    name: 'types-pages',
    command: [
      ...[process.execPath, '--max-semi-space-size=256', installed('vue-tsc'), '-p', 'tsconfig.pages.json'],
      ...['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/yidan/types-pages.tsbuildinfo'],
    ],
  },
  // Types as well: the linter reads them with TypeScript's own checker, in a fraction of the time.
  { name: 'lint-and-types', command: [installed('oxlint'), '--type-aware', '--type-check', '--deny-warnings'] },
  { name: 'format', command: [installed('oxfmt'), '--check', '.'] },
  {
    name: 'imports',
    command: [
      installed('depcruise'),
      '--config',
      '.dependency-cruiser.cjs',
      ...['server', 'bot', 'miniapp', 'simulator', 'scripts', 'prisma'],
    ],
  },
  { name: 'tidy', command: script('tidy') },
  { name: 'drift', command: script('schema-drift') },
]
