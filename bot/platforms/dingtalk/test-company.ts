import { readFileSync } from 'node:fs'
import { aTenant, corpId, type Overrides, type Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import type { TokenCard } from '../../card.ts'
import type { DingTalkSettings } from './settings.ts'

const cardTemplate = 'yidan-of-tests.schema'
const file: unknown = JSON.parse(readFileSync(new URL('./template/yidan-card.json', import.meta.url), 'utf8'))

/** A simulated company on DingTalk that has our layout imported. */
export const aCompany = ({ dingtalk, simulator }: Overrides = {}): Promise<Tenant> =>
  aTenant({ simulator, dingtalk: { templates: [{ templateId: cardTemplate, file }], ...dingtalk } })

export const settingsFor = (tenant: Tenant, changes: Partial<DingTalkSettings> = {}): DingTalkSettings => ({
  clientId: tenant.app.clientId,
  clientSecret: tenant.app.clientSecret,
  agentId: tenant.app.agentId,
  corpId,
  cardTemplate,
  apiUrl: tenant.url,
  oapiUrl: tenant.url,
  loginUrl: tenant.url,
  hasTodos: false,
  appUrl: 'https://app.example',
  ...changes,
})

export const aCard = (title: string, more: Partial<TokenCard> = {}): TokenCard => ({
  colour: 'blue',
  title,
  parts: [],
  buttons: [],
  ...more,
})

/** What somebody sees of each message he has: the variables of a card, or else the message itself. */
export async function seenBy(tenant: Tenant, person: string): Promise<unknown[]> {
  const messages = await tenant.inbox(person)
  return messages.map(({ content }) =>
    typeof content === 'object' && content !== null && 'variables' in content ? content.variables : content,
  )
}
export const titlesOf = async (tenant: Tenant, person: string) =>
  (await seenBy(tenant, person)).map((seen) => (seen as { title?: string }).title) // of cards, which have one
