import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { TokenCard } from '../../card.ts'
import type { Handle, Platform } from '../platform.ts'
import { type Chat, chatOf } from './chats.ts'
import { type DingTalkHttp, DingTalkRefusal, understood } from './http.ts'
import { plainCard, plainText, type RobotMessage } from './plain-card.ts'
import type { DingTalkSettings } from './settings.ts'
import { cardVariables, noticeVariables, summary } from './variables.ts'

const Sent = z.object({
  processQueryKey: z.string().optional(),
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
})
const Delivered = z.object({
  result: z.object({
    deliverResults: z.array(z.object({ success: z.boolean(), errorMsg: z.string().nullish() })).nullish(),
  }),
})

/** Who was told too much is left alone for so long. */
const flowControlMs = 60_000
/** Ids of people, not those of their accounts elsewhere. */
const userIdType = 1

/** Messages of the app's robot. Cards go out as instances of our layout where it is imported, and as plain cards where not. */
export function messages(
  settings: DingTalkSettings,
  http: DingTalkHttp,
): Pick<Platform, 'sendCard' | 'sendText' | 'reply' | 'updateCard'> {
  const { cardTemplate, clientId: robotCode, appUrl } = settings

  const say = async ({ kind, id }: Chat, { msgKey, msgParam }: RobotMessage): Promise<Handle> => {
    const what = 'a message'
    const { path, to } = kind === 'group' ? toGroup(id) : toPerson(id)
    const body = { robotCode, msgKey, msgParam: JSON.stringify(msgParam), ...to }
    const answer = await http.call({ what, method: 'POST', path, body })
    const sent = understood(what, Sent, answer)
    if (sent.invalidStaffIdList?.length) throw new DingTalkRefusal(what, 'staffId.invalid', 'not reached by the robot')
    if (sent.flowControlledStaffIdList?.length)
      throw new DingTalkRefusal(what, 'staffId.flowControlled', 'told too much', flowControlMs)
    return { processQueryKey: sent.processQueryKey ?? '' }
  }

  const redraw = async (handle: Handle, card: TokenCard): Promise<boolean> => {
    const { outTrackId, userId } = handle
    if (!outTrackId) return false
    const body = {
      outTrackId,
      userIdType,
      cardData: { cardParamMap: cardVariables(card, appUrl) },
      ...(userId ? { privateData: { [userId]: { cardParamMap: noticeVariables('') } } } : {}),
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    }
    try {
      await http.call({ what: 'to redraw a card', method: 'PUT', path: '/v1.0/card/instances', body })
      return true
    } catch (error) {
      if (error instanceof DingTalkRefusal && error.code === 'param.cardNotExist') return false
      throw error
    }
  }

  const put = async (chat: Chat, card: TokenCard, sendKey: string): Promise<Handle> => {
    if (!cardTemplate) return say(chat, plainCard(card, appUrl))
    const what = 'a card'
    const outTrackId = trackIdOf(sendKey)
    const handle: Handle = chat.kind === 'person' ? { outTrackId, userId: chat.id } : { outTrackId }
    const body = {
      cardTemplateId: cardTemplate,
      outTrackId,
      callbackType: 'STREAM',
      userIdType,
      cardData: { cardParamMap: cardVariables(card, appUrl) },
      ...spaceOf(chat, robotCode, summary(card)),
    }
    try {
      const answer = await http.call({ what, method: 'POST', path: '/v1.0/card/instances/createAndDeliver', body })
      const failed = understood(what, Delivered, answer).result.deliverResults?.find(({ success }) => !success)
      if (failed) throw new DingTalkRefusal(what, 'notDelivered', failed.errorMsg ?? '')
    } catch (error) {
      // The id is made from the send key, so that a card that is there already is this very one, sent before: as it was then.
      if (!(error instanceof DingTalkRefusal && error.code === 'param.cardAlreadyExist')) throw error
      await redraw(handle, card)
    }
    return handle
  }

  return {
    sendCard: (openId, card, sendKey) => put({ kind: 'person', id: openId }, card, sendKey),
    sendText: (openId, text) => say({ kind: 'person', id: openId }, plainText(text)),
    reply: (messageId, message, sendKey) =>
      'card' in message
        ? put(chatOf(messageId), message.card, sendKey)
        : say(chatOf(messageId), plainText(message.text)),
    updateCard: redraw,
  }
}

const toGroup = (id: string) => ({ path: '/v1.0/robot/groupMessages/send', to: { openConversationId: id } })
const toPerson = (id: string) => ({ path: '/v1.0/robot/oToMessages/batchSend', to: { userIds: [id] } })

/** Where a card goes, in the words of each of the two kinds of places. */
function spaceOf({ kind, id }: Chat, robotCode: string, words: string): object {
  const model = { supportForward: false, lastMessageI18n: { ZH_CN: words }, notification: { alertContent: words } }
  return kind === 'group'
    ? {
        openSpaceId: `dtv1.card//IM_GROUP.${id}`,
        imGroupOpenSpaceModel: model,
        imGroupOpenDeliverModel: { robotCode },
      }
    : {
        openSpaceId: `dtv1.card//IM_ROBOT.${id}`,
        imRobotOpenSpaceModel: model,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      }
}

/** DingTalk refuses a second card under the same id, for good. */
export const trackIdOf = (sendKey: string): string =>
  `yidan-${createHash('sha256').update(sendKey).digest('hex').slice(0, 40)}`
