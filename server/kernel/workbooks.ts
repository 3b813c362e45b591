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
  const { thread, answer: read } = begin({ task: 'read', content, ...tableLimits })
  const answer = await within(thread, read)
  if ('reason' in answer) throw new UnreadableTable(answer.reason)
  if ('rows' in answer) return answer.rows
  throw new Error('A table was read, and something else was answered.')
}

export type Cell = string | number | null
/** `format`: how Excel shows the numbers below it. */
export type Heading = { words: string; width: number; format?: string }
export type Sheet = { name: string; headings: Heading[]; rows: Cell[][] }

/** A workbook of these sheets. */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = openWorkbook()
  for (const { rows, ...head } of sheets) workbook.sheet(head)(rows)
  return workbook.written()
}

/** A workbook that is filled bit by bit: its rows lie in the thread that will write it, and nowhere else. */
export type OpenWorkbook = {
  /** Begins a sheet; answers what takes its rows. */
  sheet: (head: Omit<Sheet, 'rows'>) => (rows: readonly Cell[][]) => void
  written: () => Promise<Uint8Array>
  /** It is not wanted any more. */
  drop: () => void
}

export function openWorkbook(): OpenWorkbook {
  const { thread, answer } = begin({ task: 'write' })
  // Whoever waits for it is told; until then its failure is nobody's surprise.
  answer.catch(() => {})
  let sheets = 0
  return {
    sheet: (head) => {
      const at = sheets++
      thread.postMessage({ head }, [])
      return (rows) => thread.postMessage({ at, rows }, [])
    },
    written: async () => {
      thread.postMessage('end', [])
      const written = await within(thread, answer)
      if ('written' in written) return written.written
      throw new Error('A workbook could not be written.')
    },
    drop: () => void thread.terminate(),
  }
}

type Answer = { rows: string[][] } | { written: Uint8Array } | { reason: UnreadableReason }

/** A thread for one piece of work: what it uses up is its own, and it ends with it. */
function begin(workerData: object): { thread: Worker; answer: Promise<Answer> } {
  const thread = new Worker(new URL('./workbook-thread.mjs', import.meta.url), {
    workerData,
    // Without what our own process was started with: the compiler takes longer to load than most tables to read.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMaxMb },
  })
  const answer = new Promise<Answer>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve({ reason: 'unpacks_too_large' }) : reject(error),
    )
  })
  return { thread, answer }
}

/** What a thread answers, before it has taken too long. */
async function within(thread: Worker, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<Answer>((resolve) => {
    timer = setTimeout(resolve, withinMs, { reason: 'unpacks_too_large' })
  })
  try {
    return await Promise.race([answer, tooLong])
  } finally {
    clearTimeout(timer)
    void thread.terminate()
  }
}
