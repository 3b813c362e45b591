import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { fileBytesMax, type imports, type ImportView } from './contract.ts'
import type { ImportStepDue } from './facts.ts'
import { readImport } from './import-view.ts'
import { insertImport } from './import-store.ts'
import { openImportable } from './registry.ts'

type Upload = Input<(typeof imports)['endpoints']['upload']>

/** Takes a table in; it is read behind the request. Sent again under the id it has by now, it answers what is there. */
export async function upload(tx: Tx, caller: Caller, input: Upload): Promise<ImportView> {
  const { id, document, fileName } = input
  await openImportable(tx, caller, document)
  const content = bytesOf(input)
  if (content.length > fileBytesMax) throw new Refusal('file_too_large', { max: fileBytesMax / 1024 / 1024 })
  const run = { id, document, fileName, content, createdBy: caller.personId, createdAt: caller.at }
  if (await insertImport(tx, run)) await publish(tx, caller, [stepDue(id)])
  return readImport(tx, caller, { id })
}

function bytesOf({ content, text }: Upload): Uint8Array {
  if ((content === undefined) === (text === undefined))
    throw new Refusal('malformed', {}, [
      { field: 'content', message: '上传文件或粘贴文字，二选一 / either a file or text' },
    ])
  return content === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(content, 'base64')
}

export const stepDue = (importId: string): ImportStepDue => ({ name: 'imports.step-due', body: { importId } })
