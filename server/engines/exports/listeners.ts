import { errand, type Job, type Listener } from '#kernel/events'
import { perform } from '#kernel/perform'
import { dropFiles } from './export-store.ts'
import type { ExportAsked } from './facts.ts'
import { makeExport } from './make-export.ts'

/** One after the other in each process: however many lists are asked for, the house goes on. */
export const exportListeners: Listener[] = [
  errand<ExportAsked>('exports.make', 'exports.asked', (_caller, { body }) => makeExport(body.exportId)),
]

const keptMs = 24 * 60 * 60_000

export const exportJobs: Job[] = [
  {
    name: 'exports.drop-files',
    cron: '25 * * * *',
    run: (caller) => perform(caller, (tx) => dropFiles(tx, new Date(caller.at.getTime() - keptMs)), undefined),
  },
]
