import type { Document } from '#contract'
import type { Caller } from '#kernel/caller'
import { unseenCustom } from '#server/engines/forms'

type Line = { itemId: string; custom: Record<string, unknown> }

/**
 * Lines are sent whole, but nobody can send what he may not see. Of a line of the same item it stays as it was, so that a seller who changes a
 * quantity does not wipe it out.
 */
export function withUnseen<L extends Line>(
  caller: Caller,
  document: Document,
  before: readonly Line[],
  wanted: readonly L[],
): L[] {
  const left = [...before]
  return wanted.map((line) => {
    const at = left.findIndex(({ itemId }) => itemId === line.itemId)
    const [same] = at < 0 ? [] : left.splice(at, 1)
    return { ...line, custom: { ...unseenCustom(caller, document.lines?.fields ?? {}, same?.custom), ...line.custom } }
  })
}
