import type { Words } from '../../card.ts'
import { asPlainText } from '../lookalikes.ts'

/** Text from people and data is never markup, nor one of the layout's own variables. */
export const escape = (text: string): string => asPlainText(text).replaceAll('${', '＄{')

export const bold = (marked: string): string => `**${marked}**`
export const grey = (text: string): string => `<font colorTokenV2=common_level3_base_color>${escape(text)}</font>`
export const small = (text: string): string =>
  `<font sizeToken=common_footnote_text_style__font_size colorTokenV2=common_level3_base_color>${escape(text)}</font>`
export const large = (text: string, colour: string): string =>
  `<font sizeToken=common_h1_text_style__font_size colorTokenV2=${colour}>${escape(text)}</font>`
export const red = (text: string): string => `<font colorTokenV2=common_red1_color>${escape(text)}</font>`
const link = (label: string, url: string): string => `[${escape(label)}](${addressOf(url)})`

/** Lines of one paragraph, and paragraphs of one text. */
export const lines = (marked: readonly string[]): string => marked.join('  \n')
export const paragraphs = (marked: readonly string[]): string => marked.filter(Boolean).join('\n\n')

export const wordsMarkup = (words: Words, appUrl: string): string =>
  typeof words === 'string'
    ? escape(words)
    : words.map(({ text, path }) => (path ? link(text, appUrl + path) : escape(text))).join(' / ')

/** A bracket would end the address. */
const addressOf = (url: string): string => encodeURI(url).replaceAll('(', '%28').replaceAll(')', '%29')
