import { randomBytes } from 'node:crypto'
import { botListeners, feishu, type FeishuSettings, type Platform, receiveFrom } from '../../bot/index.ts'
import type { ClickView, MessageView } from '../../simulator/answers.ts'
import { eventually } from '../../simulator/feishu/test-tenant.ts'
import { startSimulator } from '../../simulator/index.ts'
import { feishuIds } from '../../simulator/people.ts'
import { drain } from '../kernel/events.ts'
import { db } from '../kernel/db.ts'
import { as, type Name, names, openCompany } from '../modules/sales/fixtures/company.ts'
import { salesListeners } from '../modules/sales/index.ts'

const tenantKey = 'tenant-of-scenarios'
const department = { key: 'all', name: '全公司', en: 'Everybody' }

/** The small company of the sales tests with everybody in it on a simulated Feishu, reached by the official client over the long connection. */
export async function openChatHouse() {
  await openCompany()
  const app = {
    appId: `cli_${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    encryptKey: 'encrypt key of scenarios',
    verificationToken: 'verification token of scenarios',
    botName: '一单助手',
  }
  const people = await Promise.all(names.map(async (key) => ({ ...colleague(key), name: (await as(key)).name })))
  const simulator = await startSimulator({
    port: 0,
    people,
    departments: [department],
    appUrl: 'http://127.0.0.1:9',
    feishu: { tenantKey, apps: [app] },
  })
  const settings: FeishuSettings = {
    ...app,
    tenantKey,
    baseUrl: simulator.url,
    accountsUrl: simulator.url,
    receive: 'long_connection',
    appUrl: 'https://app.example',
  }
  const platform = feishu(settings)
  await Promise.all(names.map((name) => introduce(name, app.appId)))
  const hangUp = await platform.listen(receiveFrom(platform))
  return { ...chatOf(simulator.url, platform), platform, settings, clock: simulator.clock, stop }

  async function stop(): Promise<void> {
    await hangUp()
    await simulator.close()
  }
}

export type ChatHouse = Awaited<ReturnType<typeof openChatHouse>>

const colleague = (key: Name) => ({
  key,
  en: key,
  mobile: `1990000000${names.indexOf(key)}`,
  email: `${key}@example.com`,
  employeeNumber: `E-${key}`,
  department: department.key,
  title: { zh: '同事', en: 'Colleague' },
  platforms: ['feishu' as const],
})

/** As the directory would: who of ours is who on the platform. */
async function introduce(name: Name, appId: string): Promise<void> {
  const { openId, unionId } = feishuIds(name, tenantKey, appId)
  const { personId } = await as(name)
  await db.identity.create({
    data: { platform: 'feishu', tenant: tenantKey, stableId: unionId, appId, openId, personId },
  })
}

/** What people do in the chat, and what they see of it. Everything that follows from a deed has happened when it returns. */
function chatOf(url: string, platform: Platform) {
  const listeners = [...salesListeners, ...botListeners([platform])]
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${url}/sim${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T // the control interface answers what simulator/answers.ts says
  }
  const inbox = async (name: Name, after = 0): Promise<MessageView[]> =>
    (await control<{ messages: MessageView[] }>('GET', `/feishu/people/${name}/inbox?after=${after}`)).messages
  const settled = (): Promise<void> => drain(listeners)
  const received = (): Promise<number> => db.inboxMessage.count()

  return {
    listeners,
    control,
    inbox,
    settled,
    /** What the platform calls with everything that comes in. */
    receive: receiveFrom(platform),
    /** Waits until the next thing that comes in is dealt with. */
    heard: async (): Promise<void> => {
      await eventually(async () => (await db.inboxMessage.count({ where: { handledAt: null } })) > 0 || undefined)
      await settled()
    },
    /** The cards that somebody has, as they are now, oldest first. */
    cards: async (name: Name) => (await inbox(name)).filter((message) => message.kind === 'card'),
    /** Somebody writes to the bot; answers what the bot sent him. */
    says: async (name: Name, text: string, chat?: string): Promise<MessageView[]> => {
      const before = (await inbox(name)).at(-1)?.seq ?? 0
      const known = await received()
      await control('POST', `/feishu/people/${name}/messages`, { text, chat, waitMs: 0 })
      await eventually(async () => (await received()) > known || undefined)
      await settled()
      return (await inbox(name, before)).filter((message) => message.from.kind === 'bot')
    },
    /** Somebody presses a button; answers what he then sees. `version` is the card as he still has it before him. */
    presses: async (
      name: Name,
      messageId: string,
      action: string,
      more: { form?: Record<string, string>; version?: number; forwarded?: boolean } = {},
    ): Promise<ClickView> => {
      const view = await control<ClickView>('POST', `/feishu/cards/${messageId}/clicks`, {
        person: name,
        action,
        ...more,
      })
      await settled()
      return view
    },
  }
}

/** All that a card says, in reading order; what is a link or a figure reads as its words. */
export function wordsOn(card: unknown): string {
  if (Array.isArray(card)) return card.map(wordsOn).filter(Boolean).join('\n')
  if (typeof card !== 'object' || card === null) return ''
  const { content, rows, columns, elements, title, subtitle, text, text_tag_list, header, body, placeholder } =
    card as Record<string, unknown> // a card of the platform: whatever is not there reads as nothing
  const own = typeof content === 'string' ? plainWords(content) : ''
  const cells = Array.isArray(rows)
    ? rows.map((row) =>
        Object.values(row as object)
          .map(String)
          .map(plainWords)
          .join(' | '),
      )
    : []
  const heads =
    Array.isArray(rows) && Array.isArray(columns) ? columns.map((one) => String(one.display_name)).join(' | ') : ''
  const inner = [header, title, text_tag_list, subtitle, text, placeholder, body, elements, rows ? undefined : columns]
  return [own, heads, ...cells, ...inner.map(wordsOn)].filter(Boolean).join('\n')
}

const plainWords = (markdown: string): string =>
  markdown
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|^#+ /gm, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

/** The names of the buttons on a card. */
export function buttonsOn(card: unknown): string[] {
  if (Array.isArray(card)) return card.flatMap(buttonsOn)
  if (typeof card !== 'object' || card === null) return []
  const { tag, name, body, elements, columns } = card as Record<string, unknown> // as above
  return [...(tag === 'button' ? [String(name)] : []), ...[body, elements, columns].flatMap(buttonsOn)]
}
