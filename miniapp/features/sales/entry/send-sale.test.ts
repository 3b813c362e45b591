import { beforeEach, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { Unreachable } from '../../../api.ts'
import { type Entry, newEntry, newLine } from './entry.model.ts'
import { bolt, customer, warehouse } from './fixtures/house.ts'
import { orderKind, type Sale, type SaleKind } from './sale-kind.ts'
import { type Intent, sendSale } from './send-sale.ts'

const id = '01900000-0000-7000-8000-0000000000d1'

/** A server that keeps a receipt for each key, and whose answers may be lost on the way. */
function books() {
  const receipts = new Map<string, { content: string; sale: Sale }>()
  let there: Sale | undefined
  let losesAnswers = 0
  const done: string[] = []

  function once(deed: string, key: string, content: string, act: () => Sale): Promise<Sale> {
    const receipt = receipts.get(key)
    if (receipt && receipt.content !== content) return Promise.reject(new Refusal('key_reused'))
    if (!receipt) {
      try {
        there = act()
      } catch (error) {
        return Promise.reject(error)
      }
      done.push(deed)
      receipts.set(key, { content, sale: there })
    }
    if (losesAnswers-- > 0) return Promise.reject(new Unreachable())
    return Promise.resolve(receipts.get(key)!.sale)
  }
  const checked = (version: number, sale: Sale): Sale => {
    if (there?.version !== version) throw new Refusal('stale')
    return sale
  }
  const kind: SaleKind = {
    ...orderKind,
    create: (newId, entry, submit, key) =>
      once(submit ? 'create and submit' : 'create', key, JSON.stringify(entry.lines) + submit, () => {
        if (there) throw new Refusal('id_taken')
        return { id: newId, version: 1, state: submit ? 'confirmed' : 'draft' }
      }),
    edit: (sale, entry, key) =>
      once('edit', key, JSON.stringify(entry.lines) + sale.version, () =>
        checked(sale.version, { id: sale.id, version: sale.version + 1, state: 'draft' }),
      ),
    submit: (sale, key) =>
      once('submit', key, String(sale.version), () =>
        checked(sale.version, { id: sale.id, version: sale.version + 1, state: 'confirmed' }),
      ),
    read: () => (there ? Promise.resolve(there) : Promise.reject(new Refusal('not_found'))),
  }
  return { kind, done, loseAnswers: (count: number) => (losesAnswers = count) }
}

let entry: Entry
beforeEach(() => {
  entry = { ...newEntry(), customer, warehouseId: warehouse.id, lines: [newLine(bolt, '2箱')] }
})
const send = (kind: SaleKind, intent: Intent): Promise<Sale> =>
  sendSale({ kind, entry, newId: id, intent, keep: (saved) => (entry.saved = saved) })

test('a new order is made and submitted in one go', async () => {
  const { kind, done } = books()
  expect(await send(kind, 'submit')).toMatchObject({ id, state: 'confirmed' })
  expect(done).toEqual(['create and submit'])
})

test('sent again after its answer was lost, it is the same order', async () => {
  const { kind, done, loseAnswers } = books()
  loseAnswers(1)
  await expect(send(kind, 'submit')).rejects.toBeInstanceOf(Unreachable)
  expect(await send(kind, 'submit')).toMatchObject({ id, state: 'confirmed' })
  expect(done).toEqual(['create and submit'])
})

test('changed after a lost answer, the draft that had arrived is changed and submitted', async () => {
  const { kind, done, loseAnswers } = books()
  loseAnswers(1)
  await expect(send(kind, 'save')).rejects.toBeInstanceOf(Unreachable)
  entry.lines = [newLine(bolt, '3箱')]
  expect(await send(kind, 'submit')).toMatchObject({ id, state: 'confirmed' })
  expect(done).toEqual(['create', 'edit', 'submit'])
})

test('changed after a lost answer, an order that had been submitted stays as it was', async () => {
  const { kind, done, loseAnswers } = books()
  loseAnswers(1)
  await expect(send(kind, 'submit')).rejects.toBeInstanceOf(Unreachable)
  entry.lines = [newLine(bolt, '3箱')]
  expect(await send(kind, 'submit')).toMatchObject({ state: 'confirmed', version: 1 })
  expect(done).toEqual(['create and submit'])
})

test('a draft that was not changed is submitted without being written again', async () => {
  const { kind, done } = books()
  const saved = await send(kind, 'save')
  entry.saved = { id: saved.id, version: saved.version, content: '' }
  entry.saved.content = JSON.stringify(kind.written(entry))
  await send(kind, 'submit')
  expect(done).toEqual(['create', 'submit'])
})

test('an edit whose submit was lost goes on where it stopped', async () => {
  const { kind, done, loseAnswers } = books()
  const saved = await send(kind, 'save')
  entry.saved = { id: saved.id, version: saved.version, content: 'as it was' }
  loseAnswers(0)
  const lost = {
    ...kind,
    submit: async (...told: Parameters<SaleKind['submit']>) => {
      await kind.submit(...told)
      throw new Unreachable()
    },
  }
  await expect(send(lost, 'submit')).rejects.toBeInstanceOf(Unreachable)
  expect(await send(kind, 'submit')).toMatchObject({ state: 'confirmed' })
  expect(done).toEqual(['create', 'edit', 'submit'])
})
