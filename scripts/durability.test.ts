import { expect, inject, test } from 'vitest'
import { onDatabase } from '../server/test/postgres.ts'
import { assertDurable } from './durability.ts'

const { url } = inject('testServer')
const database = onDatabase(url, 'postgres')
const commitsLater = (): string => {
  const address = new URL(database)
  address.searchParams.set('options', '-c synchronous_commit=off')
  return address.href
}

test('a database that may lose a commit is refused, with what is switched off', async () => {
  await expect(assertDurable(commitsLater(), undefined)).rejects.toThrow(/postgres may lose .*synchronous_commit off/)
})

test('it is taken when it is thrown away by name, and under no other name', async () => {
  await expect(assertDurable(commitsLater(), 'postgres')).resolves.toBeUndefined()
  await expect(assertDurable(commitsLater(), 'yidan')).rejects.toThrow('THROW_AWAY_DATABASE=postgres')
})
