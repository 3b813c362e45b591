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

const PLATFORM = '/sim/feishu'

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? response.statusText)
  // The simulator and its page are built from the same types, in `answers.ts`.
  return answer as Answer
}

export const api = {
  people: () => call<{ people: PersonView[] }>('GET', '/sim/people'),
  platforms: () => call<{ platforms: PlatformView[]; appUrl: string }>('GET', '/sim/platforms'),
  chats: (person: string) => call<{ chats: ChatView[] }>('GET', `${PLATFORM}/people/${person}/chats`),
  write: (person: string, text: string, chat: string) =>
    call<{ messages: MessageView[] }>('POST', `${PLATFORM}/people/${person}/messages`, { text, chat }),
  click: (messageId: string, person: string, action: string, form?: Record<string, unknown>) =>
    call<ClickView>('POST', `${PLATFORM}/cards/${messageId}/clicks`, { person, action, ...(form && { form }) }),
  app: (person: string, path: string) =>
    call<{ url: string }>('GET', `${PLATFORM}/people/${person}/app?path=${encodeURIComponent(path)}`),
  log: () => call<{ log: WireView[] }>('GET', `${PLATFORM}/log`),
  questions: () => call<{ questions: AskView[] }>('GET', `${PLATFORM}/questions`),
  answer: (person: string, ask: AskView['ask'], value: string | string[] | null) =>
    call<object>('POST', `${PLATFORM}/people/${person}/answers`, { ask, value }),
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
