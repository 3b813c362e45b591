import { bot, type Company, corpId } from '../../../simulator/wecom/test-company.ts'
import type { WecomSettings } from './settings.ts'

/** The settings with which we are the product of a simulated company. */
export const settingsOf = ({ app, url, botUrl }: Company, changes: Partial<WecomSettings> = {}): WecomSettings => ({
  corpId,
  agentId: String(app.agentId),
  secret: app.secret,
  callbackToken: app.token,
  callbackKey: app.aesKey,
  baseUrl: url,
  openUrl: url,
  loginUrl: url,
  appUrl: 'https://app.example',
  bot: { id: bot.botId, secret: bot.secret, url: botUrl },
  ...changes,
})
