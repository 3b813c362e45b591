import { expect, test } from 'vitest'
import { look, useDemoHouse } from './house.ts'
import { turnTo, useTour } from './tour.ts'

const tour = useTour(useDemoHouse())

test.each(tour.features)(
  'every page of %s opens on a phone and at a desk, and is open to everybody’s eyes and hands',
  async (feature) => {
    const screens = tour.screens(feature)
    expect(screens).not.toEqual([])
    for (const { name, path, person } of screens)
      for (const size of ['phone', 'desk'] as const) {
        const page = await tour.at(size, person)
        await turnTo(page, path)
        await look(page, `${name} ${size}`)
      }
  },
)
