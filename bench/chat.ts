import { request } from 'node:http'
import type { ClickView, LiveEvent, MessageView } from '../simulator/answers.ts'
import { sendJson } from './web-client.ts'

type Shown = { people: string[]; message: MessageView }

/** What people do in the chat, and what they see there as soon as it is there. */
export type Chat = {
  write: (person: string, text: string) => Promise<void>
  click: (messageId: string, person: string, action: string) => Promise<ClickView>
  /** The next message that appears or changes and is as asked; begin to wait before you do what brings it about. */
  next: (isIt: (shown: Shown) => boolean) => Promise<{ message: MessageView; at: number }>
  close: () => void
}

const withinMs = 20_000

/** Opens everybody's chat on the simulated platform. */
export async function openChat(simulatorUrl: string): Promise<Chat> {
  const waiting = new Set<(shown: Shown) => void>()
  const close = await follow(`${simulatorUrl}/sim/events`, (event) => {
    if (event.kind === 'message') for (const one of waiting) one(event)
  })
  const post = (path: string, body: unknown): Promise<unknown> =>
    sendJson('POST', `${simulatorUrl}/sim/feishu${path}`, {}, body)
  return {
    close,
    write: async (person, text) => void (await post(`/people/${person}/messages`, { text, waitMs: 0 })),
    click: async (messageId, person, action) =>
      (await post(`/cards/${messageId}/clicks`, { person, action })) as ClickView, // the simulator's own type of this answer
    next: (isIt) =>
      new Promise((resolve, reject) => {
        const look = (shown: Shown): void => {
          if (isIt(shown)) settle(() => resolve({ message: shown.message, at: performance.now() }))
        }
        const tooLate = setTimeout(
          () => settle(() => reject(new Error(`Nothing came in the chat within ${withinMs / 1000} s.`))),
          withinMs,
        )
        const settle = (end: () => void): void => {
          clearTimeout(tooLate)
          waiting.delete(look)
          end()
        }
        waiting.add(look)
      }),
  }
}

/** Reads server-sent events until closed. */
function follow(url: string, told: (event: LiveEvent) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const stream = request(url, (answer) => {
      let rest = ''
      answer.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts) if (part.startsWith('data: ')) told(JSON.parse(part.slice('data: '.length)))
      })
      // The stream is cut when it is closed, on either side.
      answer.on('error', () => {})
      resolve(() => void stream.destroy())
    })
    stream.on('error', reject)
    stream.end()
  })
}
