import type { TokenCard } from '../../card.ts'
import { withinLimits } from '../limits.ts'
import { bodyOf } from './body.ts'
import { bold, escape, lines, paragraphs, small } from './markup.ts'
import { summary } from './variables.ts'

/** A robot's message takes 15,000 bytes, its own wrapping included. */
const room = { bytesMax: 12 * 1024, tablesMax: 4 }

/** A message of the robot: its kind, and the parameters that go with it. */
export type RobotMessage = { msgKey: string; msgParam: Record<string, string> }

/**
 * A card where no layout is imported: DingTalk's plain card, whose one button is a link. What could be pressed is done on the page, or,
 * where there is no page, by writing what one would press.
 */
export const plainCard = (card: TokenCard, appUrl: string): RobotMessage =>
  withinLimits(card, room, (fitting): RobotMessage => {
    const { link, title, tag, subtitle, buttons } = fitting
    const text = paragraphs([
      lines([bold(escape([title, tag].filter(Boolean).join(' · '))), ...(subtitle ? [small(subtitle)] : [])]),
      bodyOf(fitting, appUrl),
      ...(link ? [] : [lines(buttons.map(({ label }) => `• ${escape(label)}`))]),
    ])
    return link
      ? {
          msgKey: 'sampleActionCard',
          msgParam: { title: summary(card), text, singleTitle: link.label, singleURL: appUrl + link.path },
        }
      : { msgKey: 'sampleMarkdown', msgParam: { title: summary(card), text } }
  })

export const plainText = (text: string): RobotMessage => ({ msgKey: 'sampleText', msgParam: { content: text } })
