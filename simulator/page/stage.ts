import { computed, reactive } from 'vue'

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
import { api, listen } from './api.ts'
import { t } from './texts.ts'

const WIRE_MAX = 400
const TOAST_MS = 3500
const PHONES_MAX = 3
/** A seller: the person most visitors want to see first. */
const FIRST_SHOWN = 'xiaoli'

export type Toast = { id: number; person: string; type: string; content: string }
/** One phone that lies on the table. `key` changes when the app is opened anew. */
export type Phone = { person: string; platform: string; url: string; title: string; key: number; isClosed: boolean }
/** One exchange on the wire of one platform. */
export type WireEntry = WireView & { platform: string }
export type Question = AskView & { platform: string }

type Stage = {
  people: PersonView[]
  /** The platforms that are simulated here. */
  platforms: PlatformView[]
  appUrl: string
  /** Key of the person whose chat and phone are shown. */
  person: string
  /** On which platform his chat is shown. */
  platform: string
  chatId: string
  /** By person and platform, as `placeOf` says. */
  chats: Record<string, ChatView[]>
  unread: Record<string, number>
  /** The platform on which each person was looked at last. */
  lookedAt: Record<string, string>
  /** The message that has just come or changed. */
  fresh: string
  phones: Phone[]
  /** Newest first. */
  wire: WireEntry[]
  questions: Question[]
  toasts: Toast[]
  isWriting: boolean
  isConnected: boolean
  clockAheadMs: number
}

/** All that the page shows. */
export const stage = reactive<Stage>({
  people: [],
  platforms: [],
  appUrl: '',
  person: '',
  platform: 'feishu',
  chatId: '',
  chats: {},
  unread: {},
  lookedAt: {},
  fresh: '',
  phones: [],
  wire: [],
  questions: [],
  toasts: [],
  isWriting: false,
  isConnected: true,
  clockAheadMs: 0,
})

export const placeOf = (person: string, platform: string) => `${person}@${platform}`

export const person = computed(() => stage.people.find((each) => each.key === stage.person))
export const platform = computed(() => stage.platforms.find((each) => each.name === stage.platform))
export const chats = computed(() => stage.chats[placeOf(stage.person, stage.platform)] ?? [])
export const chat = computed(() => chats.value.find((each) => each.chatId === stage.chatId) ?? chats.value[0])
export const phone = computed(() => stage.phones.find((each) => each.person === stage.person))
/** The name of the bot or app that answers in the shown chat. */
export const botName = computed(() =>
  chat.value && !chat.value.isGroup ? chat.value.name : (chat.value?.mention ?? platform.value?.botName ?? ''),
)

/** The platforms on which somebody has a chat, in the order in which they are simulated. */
export function platformsOf(one: PersonView): PlatformView[] {
  return stage.platforms.filter((each) => one.platforms[each.name])
}

export function unreadOf(one: PersonView): number {
  return platformsOf(one).reduce((sum, each) => sum + (stage.unread[placeOf(one.key, each.name)] ?? 0), 0)
}

let counter = 0

export async function begin(): Promise<void> {
  listen(take, (isConnected) => {
    const isBack = isConnected && !stage.isConnected
    stage.isConnected = isConnected
    // A simulator that was started anew has forgotten what the page still shows.
    if (isBack) void refresh()
  })
  const [{ platforms, appUrl }, { now }] = await Promise.all([api.platforms(), api.clock()])
  stage.appUrl = appUrl
  stage.platforms = platforms.filter((each) => each.isHere)
  stage.clockAheadMs = Date.parse(now) - Date.now()
  await Promise.all([loadPeople(), loadWire(), loadQuestions()])
  const [asked = '', on] = location.hash.slice(1).split('/')
  const first =
    [asked, FIRST_SHOWN].map((key) => stage.people.find((each) => each.key === key)).find(Boolean) ?? stage.people[0]
  if (first) await choosePerson(first.key, on)
}

async function refresh(): Promise<void> {
  stage.chats = {}
  await loadPeople()
  if (stage.person) await choosePerson(stage.person, stage.platform)
}

async function loadPeople(): Promise<void> {
  const { people } = await api.people()
  stage.people = people.filter((each) => platformsOf(each).length > 0)
}

async function loadWire(): Promise<void> {
  const logs = await Promise.all(
    stage.platforms.map(async ({ name }) => (await api.log(name)).log.map((entry) => ({ ...entry, platform: name }))),
  )
  stage.wire = logs
    .flat()
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(0, WIRE_MAX)
}

async function loadQuestions(): Promise<void> {
  const asked = await Promise.all(
    stage.platforms.map(async ({ name }) =>
      (await api.questions(name)).questions.map((question) => ({ ...question, platform: name })),
    ),
  )
  stage.questions = asked.flat()
}

/** Turns to somebody: on the platform that is named, or where he was looked at last, or on his first. */
export async function choosePerson(key: string, on: string | undefined = stage.lookedAt[key]): Promise<void> {
  const chosen = stage.people.find((each) => each.key === key)
  const here = chosen ? platformsOf(chosen) : []
  const place = here.find((each) => each.name === on) ?? here[0]
  if (!place) return
  stage.person = key
  stage.platform = place.name
  stage.lookedAt[key] = place.name
  stage.unread[placeOf(key, place.name)] = 0
  history.replaceState(null, '', here.length > 1 ? `#${key}/${place.name}` : `#${key}`)
  await loadChats(key, place.name)
  if (!phone.value) await openApp('/')
}

/** Opens the workbench app on the phone of the person that is shown: the phone is that of his first platform. */
export async function openApp(path: string): Promise<void> {
  const owner = person.value
  const on = owner && platformsOf(owner)[0]
  if (!owner || !on) return
  const { url } = await api.app(on.name, owner.key, path)
  const others = stage.phones.filter((each) => each.person !== owner.key).slice(-(PHONES_MAX - 1))
  const opened = { person: owner.key, platform: on.name, url, title: on.botName, key: ++counter, isClosed: false }
  stage.phones = [...others, opened]
}

/** A link on a card: one into the app opens on the phone, any other in a new window. */
export function openLink(url: string): void {
  const target = new URL(url, location.href)
  const path = pathInApp(target)
  if (path) void openApp(path)
  else window.open(target.href, '_blank', 'noopener')
}

function pathInApp(target: URL): string | undefined {
  if (stage.appUrl && target.origin === new URL(stage.appUrl).origin)
    return target.pathname + target.search + target.hash
  if (target.hostname.endsWith('.localhost')) return target.pathname + target.search + target.hash
  const inner = target.searchParams.get('lk_target_url') ?? target.searchParams.get('url')
  if (target.hostname === 'applink.feishu.cn')
    return inner ? pathInApp(new URL(inner)) : (target.searchParams.get('path') ?? '/')
  return target.protocol === 'dingtalk:' && inner && URL.canParse(inner) ? pathInApp(new URL(inner)) : undefined
}

export async function ask(text: string): Promise<void> {
  if (!chat.value || !text.trim()) return
  stage.isWriting = true
  try {
    await api.write(stage.platform, stage.person, text.trim(), chat.value.chatId)
  } catch (error) {
    showToast(stage.person, 'error', wordsOf(error))
  } finally {
    stage.isWriting = false
  }
}

/** Touches a control of a card in the name of the person that is shown. */
export async function press(messageId: string, action: string, form?: Record<string, unknown>): Promise<ClickView> {
  const key = stage.person
  try {
    const view = await api.click(stage.platform, messageId, key, action, form)
    if (view.toast) showToast(key, view.toast.type, view.toast.content)
    if (view.openUrl) openLink(view.openUrl)
    return view
  } catch (error) {
    showToast(key, 'error', wordsOf(error))
    return {}
  }
}

/** Brings the newest card of the shown chat into view and marks it for a moment. */
export function showCard(): boolean {
  const card = chat.value?.messages.findLast((message) => message.kind === 'card')
  stage.fresh = card?.messageId ?? ''
  return card !== undefined
}

export async function answer(question: Question, value: string | string[] | null): Promise<void> {
  stage.questions = stage.questions.filter((each) => each.id !== question.id)
  await api.answer(question.platform, question.person, question.ask, value)
}

export async function advance(ms: number): Promise<void> {
  await api.advance(ms)
}

export function showToast(key: string, type: string, content: string): void {
  const toast = { id: ++counter, person: key, type, content }
  stage.toasts.push(toast)
  setTimeout(() => {
    stage.toasts = stage.toasts.filter((each) => each.id !== toast.id)
  }, TOAST_MS)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : t('unreachable')
}

function take(event: LiveEvent): void {
  switch (event.kind) {
    case 'message':
      for (const key of event.people) takeMessage(key, event.platform, event.message)
      return
    case 'wire':
      stage.wire = [{ ...event.entry, platform: event.platform }, ...stage.wire].slice(0, WIRE_MAX)
      return
    case 'ask':
      stage.questions.push({ ...event.question, platform: event.platform })
      return
    case 'answered':
      stage.questions = stage.questions.filter((each) => each.id !== event.id)
      return
    case 'toast':
      return showToast(event.person, 'info', event.content)
    case 'people':
      return void loadPeople()
    case 'clock':
      stage.clockAheadMs = Date.parse(event.now) - Date.now()
      return
    case 'close':
      return onPhone(event, (open) => (open.isClosed = true))
    case 'title':
      return onPhone(event, (open) => (open.title = event.title))
  }
}

function onPhone(event: { platform: string; person: string }, deed: (open: Phone) => void): void {
  const open = stage.phones.find((each) => each.person === event.person && each.platform === event.platform)
  if (open) deed(open)
}

function takeMessage(key: string, on: string, message: MessageView): void {
  const place = placeOf(key, on)
  const isOwn = message.from.kind === 'person' && message.from.key === key
  const isShown = key === stage.person && on === stage.platform
  if (!isShown && !isOwn && message.version === 0) stage.unread[place] = (stage.unread[place] ?? 0) + 1
  const known = stage.chats[place]?.find((each) => each.chatId === message.chatId)
  // A message in a chat that is not there yet has begun that chat.
  if (!known) return void (isShown && loadChats(key, on))
  put(known, message)
  if (isShown) stage.fresh = message.messageId
}

/** What came or changed while the answer was on its way is newer than the answer. */
async function loadChats(key: string, on: string): Promise<void> {
  const { chats } = await api.chats(on, key)
  for (const known of stage.chats[placeOf(key, on)] ?? []) {
    const loaded = chats.find(({ chatId }) => chatId === known.chatId)
    if (loaded) for (const message of known.messages) put(loaded, message)
  }
  stage.chats[placeOf(key, on)] = chats
}

/** Puts a message into its chat, or in the place of an older version of it. */
function put(chat: ChatView, message: MessageView): void {
  const at = chat.messages.findIndex((each) => each.messageId === message.messageId)
  if (at < 0) chat.messages.push(message)
  else if (chat.messages[at]!.version <= message.version) chat.messages[at] = message
}
