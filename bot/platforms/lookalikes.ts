/**
 * DingTalk and WeCom say of their markdown what they understand, not how a sign is kept from being understood. So each sign that could be taken for
 * markup is written by one that looks like it.
 */
const lookalikes: Record<string, string> = {
  '*': '∗',
  _: '＿',
  '`': 'ˋ',
  '~': '～',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '|': '｜',
  '\\': '＼',
}
const inline = /[*_`~[\]<>|\\]/g
/** What begins a heading, a list or a numbered list. */
const lineStart = /^(\s*)([#+-]|\d+\.(?=\s))/gm
const atLineStart: Record<string, string> = { '#': '＃', '+': '＋', '-': '–' }

/** Text from people and data, of which nothing is markup. */
export const asPlainText = (text: string): string =>
  text
    .replace(inline, (sign) => lookalikes[sign] ?? sign)
    .replace(lineStart, (_, space: string, sign: string) => space + (atLineStart[sign] ?? sign.replace('.', '．')))
