import type { Page } from 'playwright-core'

/** What a seller must not learn, wherever it may stand in an answer. */
const secret = /cost|margin(?!Band)|floor/i

/** Listens to what the server tells a page. Gives the secrets among it: each field with the address of the answer. */
export function overhearSecrets(page: Page): () => Promise<string[]> {
  const answers: Promise<string[]>[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const isJson = response.headers()['content-type']?.includes('json') ?? false
    // What is asked for as a page is left has no body any more.
    if (pathname.startsWith('/api/') && isJson)
      answers.push(
        response.json().then(
          (body) => secretsIn(body).map((field) => `${pathname}: ${field}`),
          () => [],
        ),
      )
  })
  return async () => (await Promise.all(answers)).flat()
}

/** The fields with a value whose names say that nobody outside should see them. */
function secretsIn(value: unknown, field = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one, field))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) => secretsIn(one, name))
  const isThere = value !== null && value !== undefined && value !== ''
  return isThere && secret.test(field) ? [`${field} ${String(value)}`] : []
}
