import type { PressAnswer } from '../platform.ts'
import { cardVariables, noticeVariables } from './variables.ts'

/** The answer to a press as DingTalk takes it: the card as it is now, and a word for the one who pressed. */
export const answerJson = ({ toast, card }: PressAnswer, appUrl: string): object => ({
  cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  ...(card ? { cardData: { cardParamMap: cardVariables(card, appUrl) } } : {}),
  userPrivateData: { cardParamMap: noticeVariables(toast.text) },
})
