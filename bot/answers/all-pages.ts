const pagesMax = 10

type Page<R> = { rows: R[]; cursor: string | null }
/** Page after page as long as a sum may need it; beyond that there is none. */
export async function allPages<R>(
  read: (cursor: string | undefined) => Promise<Page<R>>,
  isEnough?: (rows: readonly R[]) => boolean,
): Promise<{ rows: R[]; isCut: boolean }> {
  const rows: R[] = []
  let cursor: string | undefined
  for (let page = 0; page < pagesMax; page++) {
    const next = await read(cursor)
    rows.push(...next.rows)
    cursor = next.cursor ?? undefined
    if (!cursor || isEnough?.(next.rows)) return { rows, isCut: false }
  }
  return { rows, isCut: true }
}
