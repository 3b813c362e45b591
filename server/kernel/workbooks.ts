import { Worker } from 'node:worker_threads'

/** Why a file is no table: what the page says to whoever sent it. */
export type UnreadableReason =
  | 'old_format'
  | 'encrypted'
  | 'broken'
  | 'empty'
  | 'unpacks_too_large'
  | 'too_many_rows'
  | 'too_many_columns'

/** The file that somebody sent is no table that can be read. */
export class UnreadableTable extends Error {
  readonly reason: UnreadableReason
  constructor(reason: UnreadableReason) {
    super(reason)
    this.reason = reason
  }
}

/** What is read of a file at most; more is somebody's mistake, or meant to harm. */
const tableLimits = { rowsMax: 100_000, columnsMax: 60, unpackedMax: 256 * 1024 * 1024, cellMax: 4_000 } as const
const heapMaxMb = 768
const withinMs = 60_000

/** The cells of a workbook's first sheet, or of comma- or tab-separated text, as people read them. */
export async function readTable(content: Uint8Array): Promise<string[][]> {
  const answer = await inThread({ content, ...tableLimits })
  if ('reason' in answer) throw new UnreadableTable(answer.reason)
  if ('rows' in answer) return answer.rows
  throw new Error('A table was read, and something else was answered.')
}

export type Sheet = { name: string; headings: { words: string; width: number }[]; rows: (string | number | null)[][] }

/** A workbook of these sheets. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const answer = await inThread({ sheets })
  if ('written' in answer) return answer.written
  throw new Error('A workbook could not be written.')
}

type Answer = { rows: string[][] } | { written: Uint8Array } | { reason: UnreadableReason }

/** A thread for one piece of work: what it uses up is its own, and it ends with it. */
function inThread(workerData: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./workbook-thread.mjs', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMaxMb },
    })
    const tooLong = setTimeout(() => end(() => resolve({ reason: 'unpacks_too_large' })), withinMs)
    const end = (answer: () => void): void => {
      clearTimeout(tooLong)
      void thread.terminate()
      answer()
    }
    thread.once('message', (answer: Answer) => end(() => resolve(answer)))
    thread.once('error', (error: NodeJS.ErrnoException) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ reason: 'unpacks_too_large' }) : reject(error))),
    )
  })
}
