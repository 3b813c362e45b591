import { beforeAll, expect, test } from 'vitest'
import { settled, useDemoHouse } from './house.ts'
import { call, turnTo, useTour } from './tour.ts'

const tour = useTour(useDemoHouse())

beforeAll(async () => {
  for (const person of tour.people()) {
    const page = await tour.at('phone', person)
    await call(page, 'POST', '/api/me/language', { lang: 'en' })
    await page.reload()
  }
})

test.each(tour.features)(
  'every page of %s opens on a phone in English, whose words are longer, and is no wider than it',
  async (feature) => {
    const screens = tour.screens(feature)
    expect(screens).not.toEqual([])
    for (const { name, path, person } of screens) {
      const page = await tour.at('phone', person)
      await turnTo(page, path)
      await settled(page)
      expect(await page.getByRole('alert').allInnerTexts(), `alerts on ${name}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `width of ${name}`).toBe(true)
      for (const navigation of await page.getByRole('navigation').all())
        expect(await navigation.ariaSnapshot(), `navigation on ${name}`).not.toMatch(/\p{Script=Han}/u)
    }
  },
)
