import type { Tx } from '#kernel/db'
import type { LedgerAccount } from './contract.ts'

/** The chart of accounts, in its order. */
export const listAccounts = (tx: Tx): Promise<LedgerAccount[]> =>
  tx.$queryRaw<LedgerAccount[]>`
    select code, jsonb_build_object('zh', name_zh, 'en', name_en) as name, kind, side, keeps, control from ledger_account order by code`

/** Whether it was new. */
export async function insertAccount(
  tx: Tx,
  { code, name, kind, side, keeps, control }: LedgerAccount,
): Promise<boolean> {
  const { count } = await tx.ledgerAccount.createMany({
    data: [{ code, nameZh: name.zh, nameEn: name.en ?? name.zh, kind, side, keeps, control }],
    skipDuplicates: true,
  })
  return count === 1
}
