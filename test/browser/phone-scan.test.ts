import { expect, test } from 'vitest'
import { useDemoHouse } from './house.ts'

const house = useDemoHouse()
const barcode = '2000000000001'

test("the scanner of the platform's client reads a code on two pages, for each is vouched for", async () => {
  const phone = await house.phone('laozhao', '/stock')
  const { port } = new URL(phone.url())
  for (const path of ['/stock', '/stock?low=true']) {
    await phone.goto(new URL(path, phone.url()).href)
    await fetch(`http://127.0.0.1:${port}/sim/dingtalk/people/laozhao/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ask: 'scan', value: barcode }),
    })
    await phone.getByRole('button', { name: '扫码' }).click()
    await expect.poll(() => phone.getByRole('searchbox').inputValue()).toBe(barcode)
  }
})
