import { expect, test } from 'vitest'
import { look, useDemoHouse } from './house.ts'
import { turnTo, useTour } from './tour.ts'

const tour = useTour(useDemoHouse())

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
