import { runSteps, staticSteps } from './steps.ts'

process.exitCode = (await runSteps(staticSteps, 2)) ? 0 : 1
