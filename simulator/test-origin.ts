import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'

import { rawBody } from './request-body.ts'

/** Calls an origin by its name without asking any resolver for it. */
export function onOrigin(
  url: string,
  origin: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
) {
  type Answer = { status: number; headers: IncomingMessage['headers']; text: string }
  return new Promise<Answer>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const request = httpRequest(
      url + path,
      { method, headers: { ...headers, host: new URL(origin).host } },
      (response) => {
        void rawBody(response, 10_000_000).then((bytes) => {
          const text = bytes?.toString('utf8') ?? ''
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
