import { randomBytes } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { requireOwnAgent } from './auth.ts'
import type { Call, Endpoint } from './call.ts'
import { faultOfCard, lacksAction } from './card-check.ts'
import { replaceFor } from './chats.ts'
import { membersOf } from './contacts.ts'
import { personBy, shownCard } from './state.ts'
import type { Message, ResponseCode, Wecom } from './state.ts'

const LIFE_MS = 72 * 3_600_000
const USERIDS_MAX = 1000

export const updateEndpoints: Endpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/update_template_card', token: 'app', answer: update },
]

/** A code with which these messages can be redrawn, once, within 72 hours. */
export function issueResponseCode(wecom: Wecom, agentId: number, messages: Message[]): string {
  const code = randomBytes(32).toString('base64url')
  wecom.responseCodes.set(code, { agentId, messages, expiresAt: wecom.clock.now() + LIFE_MS, used: false })
  return code
}

function update(call: Call): Fields {
  const { wecom } = call
  requireOwnAgent(call)
  const code = usableCode(call)
  const named = target(call)
  const redraw = content(call)

  code.used = true
  const known = named.flatMap((userId) => personBy(wecom, userId)?.key ?? [])
  const people = call.body['atall'] === 1 ? code.messages.flatMap((each) => [...each.copies.keys()]) : known
  const redrawn = people.filter((key) =>
    code.messages.some((message) => replaceFor(wecom, message, key, JSON.stringify(redraw(message, key)))),
  )
  const invalid = named.filter((userId) => !redrawn.includes(personBy(wecom, userId)?.key ?? ''))
  return { ...(invalid.length > 0 && { invaliduser: invalid.map((userId) => userId.toLowerCase()) }) }
}

function usableCode(call: Call): ResponseCode {
  const code = call.wecom.responseCodes.get(call.text('response_code'))
  call.require('update_of_unknown_code', code)
  call.require('update_of_another_app', code.agentId === call.app.agentId)
  call.require('response_code_used', !code.used)
  call.require('response_code_expired', code.expiresAt > call.wecom.clock.now())
  return code
}

/** The userids to redraw. Here they are a list, although message/send takes them as one text. */
function target(call: Call): string[] {
  const { userids, partyids } = call.body
  call.require('update_userids_not_list', userids === undefined || isTexts(userids))
  const parties = Array.isArray(partyids) ? partyids.map(Number) : []
  const named = [...(userids ?? []), ...parties.flatMap((party) => membersOf(call.wecom, party, true))]
  call.require('update_without_target', named.length > 0 || call.body['atall'] === 1)
  call.require('update_with_too_many', named.length <= USERIDS_MAX)
  return named
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

/** What a copy becomes: its button with another word, or another card. */
function content(call: Call): (message: Message, personKey: string) => Fields {
  const { button, template_card: card } = call.body
  call.require('update_without_content', button !== undefined || card !== undefined)
  if (card === undefined) {
    const words = isFields(button) ? textOf(button['replace_name']) : ''
    call.require('update_button_empty', words)
    return (message, key) => withButtonsReplaced(shownCard(message.copies.get(key)), words)
  }
  const fault = faultOfCard(card)
  call.require('update_card_malformed', !fault, fault)
  const given = isFields(card) ? card : {}
  call.require('update_card_without_action', !lacksAction(given))
  return (message) => redrawnAs(given, message)
}

/** The words that stand in the place of the buttons make the card inert. */
export function withButtonsReplaced(card: Fields, words: string): Fields {
  return { ...card, replace_text: words }
}

/** A card that is redrawn keeps the task under which it was sent. */
export function redrawnAs(card: Fields, message: Message): Fields {
  return { ...card, ...(message.taskId && { task_id: message.taskId }) }
}
