import type { LiveEvent } from './answers.ts'
import type { SimClock } from './clock.ts'
import type { Department, Person } from './people.ts'

/** What every simulated platform is given of the world it stands in. */
export type World = {
  clock: SimClock
  people: Person[]
  departments: Department[]
  publish: (event: LiveEvent) => void
  random: () => number
  /** Where this server is reached. */
  origin: string
}
