import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exports } from '#contract/engines/exports'
import { sales } from '#contract/modules/sales'
import { drain } from '#kernel/events'
import { newId } from '#kernel/ids'
import { exportListeners } from '#server/engines/exports'
import { as, closeDoor, openDoor, type Who } from '../test/door.ts'
import { rowsOfTheSeller } from '../test/every-call.ts'

const calls = exports.endpoints

beforeAll(async () => {
  await openDoor()
  await rowsOfTheSeller()
})
afterAll(closeDoor)

async function exported(who: Who, list: string, filter: Record<string, string> = {}) {
  const id = newId()
  await as(who).call(calls.createExport, { id, list, filter })
  await drain(exportListeners)
  return as(who).call(calls.export, { id })
}

describe('x', () => {
  test('y', async () => {
    const run = await exported('owner', 'sales.orders')
    console.log(run)
    const answer = await as('owner')
      .send('GET', `/api/exports/${run.id}/file`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('end', () => done(null, Buffer.concat(chunks)))
      })
    console.log(answer.headers)
    const { sheets } = await readXlsx(answer.body as Buffer)
    console.dir(sheets.map(({ name, rows, freezePane }) => ({ name, rows, freezePane })), { depth: 5 })
    const list = await as('owner').call(sales.endpoints.orders, {})
    console.log(list.rows.length)
  })
})
