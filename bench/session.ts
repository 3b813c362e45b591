import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { send, sendJson } from './web-client.ts'

/** Somebody signed in, as the mini-app on his phone is. */
export type Session = {
  get: (path: string) => Promise<unknown>
  /** Each call has a key of its own, as the mini-app gives it one. */
  post: (path: string, body: unknown) => Promise<unknown>
  headers: Record<string, string>
  /** The same person by another way to the same company. */
  at: (appUrl: string) => Session
}

const Address = z.object({ url: z.string() })

/** Signs in by the platform's page for plain browsers, on which one says who one is. */
export async function signIn(appUrl: string, person: string): Promise<Session> {
  const redirectUri = `${appUrl}/sign-in/feishu`
  const asked = await send('GET', `${appUrl}/api/sign-in/feishu/address?redirectUri=${encodeURIComponent(redirectUri)}`)
  const chosen = await send('GET', `${Address.parse(JSON.parse(asked.text)).url}&person=${person}`)
  const back = new URL(chosen.headers.location ?? '', appUrl).searchParams
  const body = { platform: 'feishu', code: back.get('code'), state: back.get('state'), redirectUri }
  const signedIn = await send(
    'POST',
    `${appUrl}/api/sign-in`,
    { 'content-type': 'application/json', cookie: cookiesOf(asked.headers['set-cookie']) },
    JSON.stringify(body),
  )
  if (signedIn.status !== 200) throw new Error(`${person} could not sign in: ${signedIn.text}`)
  return session(appUrl, { cookie: cookiesOf(signedIn.headers['set-cookie']) })
}

const session = (appUrl: string, headers: Record<string, string>): Session => ({
  headers,
  get: (path) => sendJson('GET', `${appUrl}/api${path}`, headers),
  post: (path, given) =>
    sendJson('POST', `${appUrl}/api${path}`, { ...headers, 'idempotency-key': randomUUID() }, given),
  at: (otherUrl) => session(otherUrl, headers),
})

const cookiesOf = (lines: readonly string[] | undefined): string =>
  (lines ?? []).map((line) => line.split(';')[0]).join('; ')
