import type { CardPart, TokenCard, Words } from '../../card.ts'
import { holds, shortened, shown, widthOf } from './limits.ts'
import { buttonKey } from './wire.ts'

type Linked = { type: 1; url: string }
type Fact = { keyname: string; value: string } & Partial<Linked>
type Button = { text: string; style: number; key: string } & Partial<Linked>

/** A card in WeCom's fixed form: fields to fill, and no layout of one's own. */
export type TemplateCard = {
  card_type: 'text_notice' | 'button_interaction'
  task_id: string
  source: { desc: string; desc_color: 0 | 1 | 2 | 3 }
  main_title: { title: string; desc?: string }
  emphasis_content?: { title: string; desc: string }
  quote_area?: { title?: string; quote_text: string }
  sub_title_text?: string
  horizontal_content_list?: Fact[]
  jump_list?: ({ title: string } & Linked)[]
  card_action: Linked
  button_list?: Button[]
  replace_text?: string
}

/** `told` is what a toast would say to whoever has just pressed: WeCom has none, so that the card itself says it. */
type Options = { appUrl: string; taskId: string; told?: string }

const colours = { grey: 0, blue: 0, orange: 1, red: 2, green: 3 } as const
const looks = { primary: 1, plain: 2, danger: 3 } as const

/** Draws a card as WeCom's template card: with buttons where there is something to press, as a notice otherwise. All that does not fit is a tap away. */
export function renderCard(card: TokenCard, { appUrl, taskId, told }: Options): TemplateCard {
  const buttons = buttonsOf(card, appUrl)
  const isButtonWord = told !== undefined && told.trim() !== '' && widthOf(told) <= shown.button
  const settledWord = buttons.length === 0 && isButtonWord ? told : undefined
  const hasButtons = buttons.length > 0 || settledWord !== undefined
  const body = bodyOf(card, { hasButtons, appUrl, told: settledWord ? undefined : told })
  return {
    card_type: hasButtons ? 'button_interaction' : 'text_notice',
    task_id: taskId,
    source: { desc: shortened(card.tag || '一单', shown.source), desc_color: colours[card.colour] },
    main_title: {
      title: shortened(card.title.trim() || '一单', shown.title),
      ...(card.subtitle ? { desc: shortened(card.subtitle, shown.titleNote) } : {}),
    },
    ...body,
    ...(hasButtons ? {} : jumpsOf(card, appUrl)),
    card_action: linkTo(appUrl, card.link?.path ?? '/'),
    ...(buttons.length > 0 ? { button_list: buttons } : {}),
    ...(settledWord
      ? { button_list: [{ text: settledWord, style: looks.plain, key: taskId }], replace_text: settledWord }
      : {}),
  }
}

const linkTo = (appUrl: string, path: string): Linked => ({ type: 1, url: encodeURI(appUrl + path) })

/** A template card has no field to type into: where a comment belongs to it, one more button leads to the page that has one. */
function buttonsOf({ buttons, input, link }: TokenCard, appUrl: string): Button[] {
  if (buttons.length === 0) return []
  const comment =
    input && link
      ? [
          {
            text: shortened(commentWord(input.placeholder), shown.button),
            style: looks.plain,
            key: 'comment',
            ...linkTo(appUrl, link.path),
          },
        ]
      : []
  const pressed = buttons.slice(0, holds.buttons - comment.length).map(({ name, label, look, token }) => ({
    text: shortened(label.trim() || '—', shown.button),
    style: looks[look],
    key: buttonKey({ name, token }),
  }))
  return [...pressed, ...comment]
}

/** What is asked for, without the explanation that follows in brackets. */
const commentWord = (placeholder: string): string => placeholder.replace(/[（(].*$/s, '').trim() || placeholder

function jumpsOf({ link, parts }: TokenCard, appUrl: string): Pick<TemplateCard, 'jump_list'> {
  const linked = parts.flatMap(wordsIn).flatMap((words) => (typeof words === 'string' ? [] : words))
  const all = [...(link ? [{ text: link.label, path: link.path }] : []), ...linked].flatMap(({ text, path }) =>
    path && text.trim() ? [{ title: shortened(text.trim(), shown.jump), ...linkTo(appUrl, path) }] : [],
  )
  const jumps = all.filter((one, at) => all.findIndex(({ url }) => url === one.url) === at).slice(0, holds.jumps)
  return jumps.length > 0 ? { jump_list: jumps } : {}
}

/** The words of what is listed, which may lead to pages. Facts lead there from where they stand. */
function wordsIn(part: CardPart): Words[] {
  if (part.kind === 'entry') return [part.title, ...part.facts.map(({ value }) => value)]
  return part.kind === 'table' ? part.rows.flat() : []
}

/** What the parts of a card come down to. */
type Piece =
  | { kind: 'figure'; value: string; label: string }
  | { kind: 'fact'; label: string; value: Words }
  | { kind: 'reason'; rule: string; clauses: string }
  | { kind: 'detail' | 'text' | 'note'; text: string }
type PieceOf<K extends Piece['kind']> = Extract<Piece, { kind: K }>

type Body = Pick<TemplateCard, 'emphasis_content' | 'quote_area' | 'sub_title_text' | 'horizontal_content_list'>

function bodyOf(card: TokenCard, how: { hasButtons: boolean; appUrl: string; told: string | undefined }): Body {
  const pieces = card.parts.flatMap(piecesOf)
  const only = <K extends Piece['kind']>(kind: K): PieceOf<K>[] =>
    pieces.filter((piece): piece is PieceOf<K> => piece.kind === kind)
  const [figure, ...otherFigures] = only('figure')
  // A card with buttons has no place for a figure of its own: it leads the facts.
  const emphasised = how.hasButtons || !figure?.value.trim() ? undefined : figure
  const facts = [...(figure && !emphasised ? [figure] : []), ...otherFigures, ...only('fact')]
  const { listed, others } = placed(facts)
  const grounds = quoteOf(only('reason'), [
    others.map(({ label, value }) => `${label} ${plain(value)}`).join(' · '),
    ...only('detail').map(({ text }) => text),
    ...labelsCut(card),
  ])
  const rest = [
    how.told ?? '',
    ...only('text').map(({ text }) => text),
    // WeCom would have a card either emphasise or quote.
    ...(emphasised ? [grounds.title ?? '', grounds.quote_text] : []),
    ...only('note').map(({ text }) => text),
  ].filter((line) => line.trim() !== '')
  return {
    ...(emphasised ? { emphasis_content: emphasis(emphasised) } : {}),
    ...(!emphasised && grounds.quote_text.trim() ? { quote_area: grounds } : {}),
    ...(rest.length > 0 ? { sub_title_text: shortened(rest.join('\n'), shown.subTitle) } : {}),
    ...(listed.length > 0 ? { horizontal_content_list: listed.map((one) => factOf(one, how.appUrl)) } : {}),
  }
}

type Labelled = { label: string; value: Words }

/** Facts stand in a list of six. Those whose names would be cut there, and those beyond, are said in words. */
function placed(facts: Labelled[]): { listed: Labelled[]; others: Labelled[] } {
  const listed = facts.filter(({ label }) => widthOf(label) <= shown.label).slice(0, holds.facts)
  return { listed, others: facts.filter((one) => !listed.includes(one)) }
}

const emphasis = ({ value, label }: PieceOf<'figure'>) => ({
  title: shortened(value, shown.figure),
  desc: shortened(label, shown.figureLabel),
})

function piecesOf(part: CardPart): Piece[] {
  switch (part.kind) {
    case 'figure':
      return [part]
    case 'facts':
      return part.facts.map(({ label, value }) => ({ kind: 'fact', label, value }))
    case 'entry':
      return [detail(part.title, part.facts)]
    case 'table':
      return part.rows.map(([first = '', ...cells]) =>
        detail(
          first,
          cells.map((value, at) => ({ label: part.columns[at + 1]?.label ?? '', value })),
        ),
      )
    case 'reason':
      return [{ kind: 'reason', rule: part.rule, clauses: part.clauses.join(' · ') }]
    case 'list':
      return [{ kind: 'detail', text: `${part.title}: ${part.items.join(' / ')}` }]
    case 'text':
    case 'note':
      return [part]
  }
}

/** One thing of several and what there is to say of it, in a line. */
const detail = (title: Words, facts: Labelled[]): Piece => ({
  kind: 'detail',
  text: [plain(title), ...facts.map(({ label, value }) => `${label} ${plain(value)}`)].join(' · '),
})

const plain = (words: Words): string => (typeof words === 'string' ? words : words.map(({ text }) => text).join(' / '))

function factOf({ label, value }: Labelled, appUrl: string): Fact {
  const paths = typeof value === 'string' ? [] : value.flatMap(({ path }) => path ?? [])
  const [path, ...others] = paths
  return {
    keyname: label.trim() || '—',
    value: shortened(plain(value), shown.value),
    ...(path && others.length === 0 ? linkTo(appUrl, path) : {}),
  }
}

/** What the card rests on: why it came, then what it lists. */
function quoteOf([first, ...others]: PieceOf<'reason'>[], details: string[]): { title?: string; quote_text: string } {
  const reasons = others.map(({ rule, clauses }) => [rule, clauses].filter(Boolean).join(' '))
  const lines = [first?.clauses ?? '', ...reasons, ...details].filter((line) => line.trim() !== '')
  const title = shortened(first?.rule ?? '', shown.quoteTitle)
  if (lines.length === 0) return { quote_text: title }
  return { ...(title ? { title } : {}), quote_text: shortened(lines.join('\n'), shown.quote) }
}

/** Choices whose names are too long for a button are said in full, so that nobody presses between two that look the same. */
const labelsCut = ({ buttons }: TokenCard): string[] =>
  buttons.some(({ label }) => widthOf(label) > shown.button)
    ? buttons.map(({ label }, at) => `${at + 1}. ${label}`)
    : []
