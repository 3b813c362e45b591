/** What WeCom shows of each field, counted in full-width characters; it cuts what is longer. */
export const shown = {
  source: 13,
  title: 26,
  titleNote: 30,
  figure: 10,
  figureLabel: 15,
  quoteTitle: 26,
  quote: 200,
  subTitle: 112,
  label: 5,
  value: 26,
  jump: 13,
  button: 10,
} as const

/** How many of each a card can hold. */
export const holds = { facts: 6, jumps: 3, buttons: 6 } as const

/** A text message ends here, in bytes, and so does one in markdown. */
const textBytesMax = 2048

/** WeCom counts in Chinese characters: two of the narrow ones take the place of one. */
export const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + widthOfOne(character), 0)

const widthOfOne = (character: string): number => ((character.codePointAt(0) ?? 0) < 0x1100 ? 0.5 : 1)

/** A text no wider than a field shows, with a sign that there was more. */
export function shortened(text: string, most: number): string {
  if (widthOf(text) <= most) return text
  let width = 1
  let kept = ''
  for (const character of text) {
    width += widthOfOne(character)
    if (width > most) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** A text of at most so many bytes; no character is cut in two. */
export function withinBytes(text: string, most: number = textBytesMax): string {
  if (Buffer.byteLength(text) <= most) return text
  let bytes = Buffer.byteLength('…')
  let kept = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > most) break
    kept += character
  }
  return `${kept}…`
}
