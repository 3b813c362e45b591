import type {
  AskView,
  ChatView,
  ClickView,
  LiveEvent,
  MessageView,
  PersonView,
  PlatformView,
  WireView,
} from '../answers.ts'

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? response.statusText)
  // The simulator and its page are built from the same types, in `answers.ts`.
  return answer as Answer
}

const at = (platform: string, person: string) => `/sim/${platform}/people/${person}`

export const api = {
  people: () => call<{ people: PersonView[] }>('GET', '/sim/people'),
  platforms: () => call<{ platforms: PlatformView[]; appUrl: string }>('GET', '/sim/platforms'),
  chats: (platform: string, person: string) => call<{ chats: ChatView[] }>('GET', `${at(platform, person)}/chats`),
  write: (platform: string, person: string, text: string, chat: string) =>
    call<{ messages: MessageView[] }>('POST', `${at(platform, person)}/messages`, { text, chat }),
  click: (platform: string, messageId: string, person: string, action: string, form?: Record<string, unknown>) =>
    call<ClickView>('POST', `/sim/${platform}/cards/${messageId}/clicks`, { person, action, ...(form && { form }) }),
  app: (platform: string, person: string, path: string) =>
    call<{ url: string }>('GET', `${at(platform, person)}/app?path=${encodeURIComponent(path)}`),
  log: (platform: string) => call<{ log: WireView[] }>('GET', `/sim/${platform}/log`),
  questions: (platform: string) => call<{ questions: AskView[] }>('GET', `/sim/${platform}/questions`),
  answer: (platform: string, person: string, ask: AskView['ask'], value: string | string[] | null) =>
    call<object>('POST', `${at(platform, person)}/answers`, { ask, value }),
  clock: () => call<{ now: string }>('GET', '/sim/clock'),
  advance: (advanceMs: number) => call<{ now: string }>('POST', '/sim/clock', { advanceMs }),
}

/** Listens to what happens, over a connection that restores itself. */
export function listen(onEvent: (event: LiveEvent) => void, onState: (isConnected: boolean) => void): void {
  const source = new EventSource('/sim/events')
  source.addEventListener('message', (message) => onEvent(JSON.parse(message.data)))
  source.addEventListener('open', () => onState(true))
  source.addEventListener('error', () => onState(false))
}
