import type { Text } from '#contract'
import type { Tx } from '#kernel/db'
import type { Prisma } from '#kernel/prisma/client'
import type { ExportState } from './contract.ts'

export type StoredExport = Prisma.ExportRunGetPayload<{ omit: { content: true } }>

/** The export of whoever asked for it; nobody else has one of this id. */
export const findExport = (tx: Tx, id: string, createdBy: string): Promise<StoredExport | null> =>
  tx.exportRun.findFirst({ where: { id, createdBy }, omit: { content: true } })

/** Whoever asked for it: for the work that is done in his name. */
export const findAnyExport = (tx: Tx, id: string): Promise<StoredExport | null> =>
  tx.exportRun.findUnique({ where: { id }, omit: { content: true } })

export async function contentOf(tx: Tx, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const run = await tx.exportRun.findUnique({ where: { id }, select: { content: true } })
  return run?.content ?? null
}

type NewExport = Pick<StoredExport, 'id' | 'list' | 'lang' | 'via' | 'createdBy' | 'createdAt'> & {
  filter: Record<string, string>
}

/** False when there is one of this id already, or another of this person is being made. */
export async function insertExport(tx: Tx, run: NewExport): Promise<boolean> {
  const { count } = await tx.exportRun.createMany({
    data: [{ ...run, state: 'making' satisfies ExportState }],
    skipDuplicates: true,
  })
  return count === 1
}

export async function keepProgress(tx: Tx, id: string, rowCount: number): Promise<void> {
  await tx.exportRun.updateMany({ where: { id, state: 'making' }, data: { rowCount } })
}

type Made = { rowCount: number; fileName: string; content: Uint8Array<ArrayBuffer>; finishedAt: Date }

/** False when it is being made no more: it was given up, or another process was quicker. */
export async function keepWorkbook(tx: Tx, id: string, made: Made): Promise<boolean> {
  const { count } = await tx.exportRun.updateMany({ where: { id, state: 'making' }, data: { ...made, state: 'ready' } })
  return count === 1
}

export async function refuseExport(tx: Tx, id: string, problem: Required<Text>, finishedAt: Date): Promise<void> {
  await tx.exportRun.updateMany({ where: { id, state: 'making' }, data: { state: 'refused', problem, finishedAt } })
}

/** What a process has left that died, and nobody took up again. */
export async function giveUpExports(
  tx: Tx,
  createdBy: string,
  begunBefore: Date,
  problem: Required<Text>,
): Promise<void> {
  await tx.exportRun.updateMany({
    where: { createdBy, state: 'making', createdAt: { lt: begunBefore } },
    data: { state: 'refused', problem },
  })
}

/** Takes away the files; who took what out of the house stays written. */
export async function dropFiles(tx: Tx, finishedBefore: Date): Promise<void> {
  await tx.exportRun.updateMany({
    where: { state: 'ready', finishedAt: { lt: finishedBefore } },
    data: { state: 'gone', content: null },
  })
}
