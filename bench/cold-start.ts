import { setTimeout as pause } from 'node:timers/promises'
import { type Benchmark, duration } from './benchmark.ts'
import { freePort, type HouseProcess, startHouse } from './house-process.ts'
import { startPlatform } from './platform.ts'

const settledAfterMs = 10_000
const mebibyte = 2 ** 20

/** From the command to the first answer on a database that is there, PostgreSQL included; then what the idle process holds. */
export const coldStart: Benchmark = {
  name: 'cold-start',
  on: 'stored company',
  run: async ({ size, dataDir }, report) => {
    const open = async (): Promise<{ house: HouseProcess; close: () => Promise<void> }> => {
      const port = await freePort()
      const platform = await startPlatform(`http://127.0.0.1:${port}`)
      const house = await startHouse(port, { ...platform.env, DATA_DIR: dataDir, DATABASE_URL: '' })
      const close = async (): Promise<void> => {
        await house.stop()
        await platform.simulator.close()
      }
      return { house, close }
    }
    // The first start makes the job queues and reads in the directory: what counts is every start after it.
    await (await open()).close()
    const { house, close } = await open()
    report(duration(`cold-start/${size}`, house.startedInMs))
    await pause(settledAfterMs)
    const { residentBytes } = await house.usage()
    report({ name: `idle-memory/${size}`, value: Math.round(residentBytes / mebibyte), unit: 'MiB' })
    await close()
  },
}
