import { z } from 'zod'
import { type Input, Refusal } from '#contract'
import { type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { readSetting, type Setting, writeSetting } from '#kernel/settings'
import { insertAccount, listAccounts } from './account-store.ts'
import type { accounting, Chart, LedgerAccount, VoucherTemplates } from './contract.ts'
import type { AccountAdded, TemplateChanged } from './facts.ts'
import { mayReadVouchers, mayWriteTemplates } from './policy.ts'
import { keyOfLine, linesOf, templateEvents, type TemplateKey } from './voucher-template.document.ts'
import { type Account, type AccountOf, choiceKey, mayTake } from './voucher.model.ts'

type Endpoints = (typeof accounting)['endpoints']

/** The accounts that the company chose instead of those that a template comes with. */
const chosenAccounts: Setting<Record<string, string>> = {
  key: 'accounting.template_accounts',
  schema: z.record(z.string(), z.string()),
  initial: {},
}

const chart = async (tx: Tx): Promise<Map<string, LedgerAccount>> =>
  new Map((await listAccounts(tx)).map((account) => [account.code, account]))

/** Which account each line of a template goes to now. */
export async function accountChooser(tx: Tx): Promise<AccountOf> {
  const accounts = await chart(tx)
  const chosen = await readSetting(tx, chosenAccounts)
  return (event, line): Account => accounts.get(chosen[choiceKey(event, line)] ?? line.account)!
}

/** The chart of accounts. */
export async function ledgerAccounts(tx: Tx, caller: Caller): Promise<Chart> {
  mayReadVouchers(caller)
  return { rows: await listAccounts(tx), can: has(caller, 'voucher_template.write') ? ['add'] : [] }
}

/** Adds an account below one that is there; it is of its kind. */
export async function addLedgerAccount(
  tx: Tx,
  caller: Caller,
  { code, name }: Input<Endpoints['addLedgerAccount']>,
): Promise<LedgerAccount> {
  mayWriteTemplates(caller)
  const above = [...(await chart(tx)).values()].findLast(
    (account) => code !== account.code && code.startsWith(account.code),
  )
  if (!above) throw new Refusal('account_above_missing', { code })
  const account = { ...above, code, name }
  if (!(await insertAccount(tx, account))) throw new Refusal('account_exists', { code })
  await publish(tx, caller, [{ name: 'accounting.account-added', body: { code, name } } satisfies AccountAdded])
  return account
}

/** How vouchers are made: each event, its lines, and the account that each goes to. */
export async function voucherTemplates(tx: Tx, caller: Caller): Promise<VoucherTemplates> {
  mayReadVouchers(caller)
  const accounts = await chart(tx)
  const accountOf = await accountChooser(tx)
  const keys = Object.keys(templateEvents) as TemplateKey[] // the keys of the table of templates
  const events = keys.map((event) => ({
    event,
    lines: linesOf(event).map((line) => {
      const { code } = accountOf(event, line)
      return {
        key: keyOfLine(line),
        account: code,
        accountName: accounts.get(code)!.name,
        usual: line.account,
        choices: [...accounts.values()].filter((account) => mayTake(line, account)).map((account) => account.code),
      }
    }),
  }))
  return { events, can: has(caller, 'voucher_template.write') ? ['change'] : [] }
}

/** Sends lines of a template to other accounts from now on; vouchers that are made stay as they are. */
export async function changeTemplate(
  tx: Tx,
  caller: Caller,
  { event, accounts: wanted }: Input<Endpoints['changeTemplate']>,
): Promise<VoucherTemplates> {
  mayWriteTemplates(caller)
  const accounts = await chart(tx)
  const before = await readSetting(tx, chosenAccounts)
  const after = { ...before }
  for (const [key, code] of Object.entries(wanted)) {
    const line = linesOf(event).find((one) => keyOfLine(one) === key)
    const account = accounts.get(code)
    if (!line || !account || !mayTake(line, account)) throw new Refusal('account_not_for_line', { code })
    after[choiceKey(event, line)] = code
  }
  await writeSetting(tx, caller, chosenAccounts, after)
  await publish(tx, caller, [
    { name: 'accounting.template-changed', body: { event, before, after } } satisfies TemplateChanged,
  ])
  return voucherTemplates(tx, caller)
}
