/**
 * What a random test is given so that it can be told again: the seed, which is printed. `TEST_SEED=… TEST_PATH=…`, as a failure says them,
 * tell the one story again that went wrong.
 */
export function seeded(): { seed: number; path?: string; verbose: 1; endOnFailure: boolean } {
  const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000_000)
  const path = process.env['TEST_PATH']
  console.log(`seed ${seed}`)
  return { seed, ...(path ? { path } : {}), verbose: 1, endOnFailure: path !== undefined }
}
