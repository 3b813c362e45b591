import { beforeAll, describe, expect, test } from 'vitest'
import { look, settled, useDemoHouse } from './house.ts'
import { call, turnTo, useTour } from './tour.ts'

const tour = useTour(useDemoHouse())

describe('in Chinese', () => {
  test.each(tour.features)(
    'every page of %s opens on a phone, one also at a desk, and is open to everybody’s eyes and hands',
    async (feature) => {
      const screens = tour.screens(feature)
      expect(screens).not.toEqual([])
      for (const [at, { name, path, person }] of screens.entries())
        // At the desk the same page stands in a frame of its own: of each feature one is looked at so.
        for (const size of at === 0 ? (['phone', 'desk'] as const) : (['phone'] as const)) {
          const page = await tour.at(size, person)
          await turnTo(page, path)
          await look(page, `${name} ${size}`)
          expect(await page.getByRole('alert').allInnerTexts(), `alerts on ${name}`).toEqual([])
        }
    },
  )
})

describe('in English, whose words are longer', () => {
  beforeAll(async () => {
    for (const person of tour.people()) {
      const page = await tour.at('phone', person)
      await call(page, 'POST', '/api/me/language', { lang: 'en' })
      await page.reload()
    }
  })

  test.each(tour.features)('every page of %s opens on a phone and is no wider than it', async (feature) => {
    for (const { name, path, person } of tour.screens(feature)) {
      const page = await tour.at('phone', person)
      await turnTo(page, path)
      await settled(page)
      expect(await page.getByRole('alert').allInnerTexts(), `alerts on ${name}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `width of ${name}`).toBe(true)
      for (const navigation of await page.getByRole('navigation').all())
        expect(await navigation.ariaSnapshot(), `navigation on ${name}`).not.toMatch(/\p{Script=Han}/u)
    }
  })
})
