import { beforeAll, expect, test } from 'vitest'
import { settled, useDemoHouse } from './house.ts'
import { call, turnTo, useTour } from './tour.ts'

const tour = useTour(useDemoHouse())

beforeAll(async () => {
  for (const person of tour.people()) {
    await call(await tour.at('phone', person), 'POST', '/api/me/language', { lang: 'en' })
    for (const size of ['phone', 'desk'] as const) await (await tour.at(size, person)).reload()
  }
})

test.each(tour.features)('every page of %s opens in English on a phone and at a desk', async (feature) => {
  const screens = tour.screens(feature)
  expect(screens).not.toEqual([])
  for (const { name, path, person } of screens)
    for (const size of ['phone', 'desk'] as const) {
      const page = await tour.at(size, person)
      await turnTo(page, path)
      await settled(page)
      expect(await page.getByRole('alert').allInnerTexts(), `alerts on ${name}`).toEqual([])
      for (const navigation of await page.getByRole('navigation').all())
        expect(await navigation.ariaSnapshot(), `navigation on ${name}`).not.toMatch(/\p{Script=Han}/u)
    }
})
