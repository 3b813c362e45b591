import type { TokenCard } from '../../card.ts'
import { shortened, withinLimits } from '../limits.ts'
import { bodyOf } from './body.ts'
import { small } from './markup.ts'

/** DingTalk names no limit for a card; what is left out stands on the page that the card links to. */
const room = { bytesMax: 12 * 1024, tablesMax: 4 }
/** As many buttons as the layout has places for. */
export const buttonPlaces = 6
const colours = { orange: 'orange', green: 'green', red: 'red', grey: 'gray', blue: 'blue' } as const
const looks = { primary: 'blue', danger: 'red', plain: 'gray' } as const

/** The variables of the layout in `template/`, all of them texts: what is no text by nature is JSON. */
export type Variables = Record<string, string>

/** A card as the variables that our one layout draws any card from. */
export const cardVariables = (card: TokenCard, appUrl: string): Variables =>
  withinLimits(card, room, (fitting) => variablesOf(fitting, appUrl))

function variablesOf(card: TokenCard, appUrl: string): Variables {
  const { colour, title, subtitle = '', tag = '', input, buttons, link } = card
  return {
    lastMessage: summary(card),
    title: shortened(title),
    colour: colours[colour],
    subtitle: shortened(subtitle),
    hasSubtitle: String(subtitle !== ''),
    tag: shortened(tag),
    hasTag: String(tag !== ''),
    body: [bodyOf(card, appUrl), ...asked(buttons)].filter(Boolean).join('\n\n'),
    form: JSON.stringify({ fields: input && buttons.length > 0 ? [commentField(input)] : [] }),
    ...Object.fromEntries(
      Array.from({ length: buttonPlaces }, (_, i) => [`button${i + 1}`, JSON.stringify(place(buttons[i]))]),
    ),
    hasButtons: String(buttons.length > 0),
    linkLabel: link?.label ?? '',
    linkUrl: link ? appUrl + link.path : '',
    hasLink: String(link !== undefined),
  }
}

/** What stands in the list of chats, and in the notification. */
export const summary = ({ title, tag }: Pick<TokenCard, 'title' | 'tag'>): string =>
  shortened([title, tag].filter(Boolean).join(' · '))

/** What the one who pressed is told; DingTalk has no toast, so that it stands on the card, for him alone. */
export const noticeVariables = (words: string): Variables => ({
  notice: shortened(words),
  hasNotice: String(words !== ''),
})

const commentField = ({ name, placeholder, maxLength }: NonNullable<TokenCard['input']>) => ({
  name,
  label: placeholder,
  type: 'TEXT_AREA',
  required: false,
  placeholder,
  maxLength,
})

const place = (button: TokenCard['buttons'][number] | undefined): object =>
  button
    ? {
        name: button.name,
        text: shortened(button.label),
        color: looks[button.look],
        token: button.token,
        isShown: true,
      }
    : { name: '', text: '', color: looks.plain, token: '', isShown: false }

/** A button of the layout cannot ask before it sends, so that what it would ask is said above it. */
const asked = (buttons: TokenCard['buttons']): string[] =>
  buttons.flatMap(({ label, confirm }) => (confirm ? [small(`${label}：${confirm}`)] : []))
