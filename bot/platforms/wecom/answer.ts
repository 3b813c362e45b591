import type { Press, PressAnswer } from '../platform.ts'
import { renderCard } from './render.ts'
import type { WecomSettings } from './settings.ts'
import { element, inXmlNames } from './xml.ts'

/** The answer to a press as WeCom takes it: the card as it is now, with the word of the toast on it, for the one who pressed. */
export function redrawnCardXml(
  { corpId, appUrl }: WecomSettings,
  { openId, messageId: taskId }: Press,
  { toast, card }: Required<PressAnswer>,
  now: number,
): string {
  return element('xml', {
    ToUserName: openId,
    FromUserName: corpId,
    CreateTime: Math.floor(now / 1000),
    MsgType: 'update_template_card',
    TemplateCard: inXmlNames(renderCard(card, { appUrl, taskId, told: toast.text })),
  })
}
