import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { changedBy, checkedPrivate, checkedValues, idTypeOf, isIdType } from './card-values.ts'
import { directChat, personBy, post, redraw } from './chats.ts'
import { isReached } from './state.ts'
import type { CardInstance, CardValues, Chat, Dingtalk } from './state.ts'

const SCOPE = 'Card.Instance.Write'

export const cardEndpoints: Endpoint[] = [
  {
    family: 'new',
    method: 'POST',
    path: '/v1.0/card/instances/createAndDeliver',
    token: 'app',
    scope: SCOPE,
    answer: createAndDeliver,
  },
  { family: 'new', method: 'PUT', path: '/v1.0/card/instances', token: 'app', scope: SCOPE, answer: update },
]

/** Makes a card and puts it into chats. A space that it does not reach is only reported in the answer. */
function createAndDeliver(call: Call): Fields {
  const { dingtalk, app } = call
  const templateId = call.text('cardTemplateId')
  call.require('card_template_missing', templateId)
  const outTrackId = call.text('outTrackId')
  call.require('card_track_missing', outTrackId)
  call.require('card_user_id_type_wrong', isIdType(call.body['userIdType']))
  const template = dingtalk.templates.get(templateId)
  call.require('card_template_unknown', template)
  call.require('card_template_unpublished', !dingtalk.settings.unpublished.includes(templateId))
  const callbackType = call.body['callbackType']
  call.require('card_callback_type_wrong', callbackType === undefined || callbackType === 'STREAM')
  const given = isFields(call.body['cardData']) ? call.body['cardData']['cardParamMap'] : undefined
  call.require('card_data_missing', given)
  const shared = checkedValues(call, template, given, 'card_value_not_text', 'card_value_not_shaped')
  const own = checkedPrivate(call, template, call.body['privateData'])
  const spaces = spacesIn(call)
  call.require('card_exists', !dingtalk.cards.has(outTrackId))

  const supportsForward = spaces.some(({ model }) => model['supportForward'] === true)
  const isOverStream = callbackType === 'STREAM'
  const card: CardInstance = {
    outTrackId,
    app,
    template,
    isOverStream,
    supportsForward,
    versions: [{ shared, own }],
    messageIds: [],
  }
  dingtalk.cards.set(outTrackId, card)
  return { success: true, result: { outTrackId, deliverResults: spaces.map((space) => deliver(call, card, space)) } }
}

type Space = { spaceType: 'IM_ROBOT' | 'IM_GROUP'; spaceId: string; model: Fields; delivery: Fields }

function spacesIn(call: Call): Space[] {
  const listed = call
    .text('openSpaceId')
    .split(';')
    .map((each) => /^dtv1\.card\/\/(IM_ROBOT|IM_GROUP)\.(.+)$/.exec(each.trim()))
  call.require('card_space_malformed', listed.every(Boolean), call.text('openSpaceId'))
  return listed.flatMap((match) => {
    const spaceType = match?.[1] === 'IM_GROUP' ? 'IM_GROUP' : 'IM_ROBOT'
    const prefix = spaceType === 'IM_GROUP' ? 'imGroup' : 'imRobot'
    const model = call.body[`${prefix}OpenSpaceModel`]
    call.require('card_space_model_missing', isFields(model), `${prefix}OpenSpaceModel`)
    const delivery = call.body[`${prefix}OpenDeliverModel`]
    const isWhole = isFields(delivery) && (spaceType === 'IM_GROUP' || delivery['spaceType'] === 'IM_ROBOT')
    call.require('card_deliver_model_missing', isWhole, `${prefix}OpenDeliverModel`)
    call.require('card_robot_wrong', delivery['robotCode'] === call.app.clientId)
    return [{ spaceType, spaceId: match?.[2] ?? '', model, delivery }]
  })
}

function deliver(call: Call, card: CardInstance, { spaceType, spaceId, delivery }: Space): Fields {
  const { dingtalk } = call
  const result = { spaceType, spaceId }
  const target = spaceType === 'IM_GROUP' ? groupOf(dingtalk, spaceId) : robotChatOf(call, spaceId)
  call.checks.note(
    `the card reaches ${spaceId}`,
    typeof target !== 'string',
    typeof target === 'string' ? { detail: target } : {},
  )
  if (typeof target === 'string') return { ...result, carrierId: '', success: false, errorMsg: target }
  const onlyFor = recipientsIn(call, delivery['recipients'])
  const message = post(dingtalk, target, { kind: 'instance', outTrackId: card.outTrackId }, { onlyFor })
  card.messageIds.push(message.messageId)
  return { ...result, carrierId: message.messageId, success: true, errorMsg: '' }
}

function groupOf(dingtalk: Dingtalk, spaceId: string): Chat | string {
  const chat = dingtalk.chats.get(spaceId)
  return chat?.kind === 'group' && chat.hasBot ? chat : 'robot is not in the conversation'
}

function robotChatOf(call: Call, spaceId: string): Chat | string {
  const person = personBy(call.dingtalk, idTypeOf(call), spaceId)
  call.require('card_user_unknown', person, spaceId)
  return isReached(call.dingtalk, person.key)
    ? directChat(call.dingtalk, call.app, person.key)
    : 'robot does not reach the user'
}

function recipientsIn(call: Call, given: unknown): string[] | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined
  return given.flatMap((id) => personBy(call.dingtalk, idTypeOf(call), textOf(id))?.key ?? [])
}

/** Redraws a card for everybody who has it. Unless told to go by key, it replaces all variables. */
function update(call: Call): Fields {
  const card = call.dingtalk.cards.get(call.text('outTrackId'))
  call.require('update_of_unknown_card', card)
  call.require('update_of_foreign_card', card.app === call.app)
  const given = isFields(call.body['cardData']) ? call.body['cardData']['cardParamMap'] : undefined
  const shared =
    given === undefined
      ? undefined
      : checkedValues(call, card.template, given, 'update_value_not_text', 'update_value_not_shaped')
  const own =
    call.body['privateData'] === undefined
      ? undefined
      : checkedPrivate(call, card.template, call.body['privateData'], 'update_private_wrong')
  show(call.dingtalk, card, changedBy(card, call.body['cardUpdateOptions'], shared, own))
  return { success: true, result: true }
}

/** Shows a card with other variables, wherever it was put. */
export function show(dingtalk: Dingtalk, card: CardInstance, values: CardValues): void {
  card.versions.push(values)
  for (const messageId of card.messageIds) {
    const message = dingtalk.messages.get(messageId)
    if (message) redraw(dingtalk, message)
  }
}
