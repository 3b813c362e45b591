const inline = /[&<>*_~`[\]|\\]/g
/** What begins a heading, a list or a numbered list. */
const lineStart = /^(\s*)([-+#]|\d+(?=[.)]\s))/gm

const asCode = (sign: string): string => `&#${sign.charCodeAt(0)};`

/** Text from people and data is never markup: every sign that Feishu's markdown could take for it is written by its code. */
export const escape = (text: string): string =>
  text
    .replace(inline, asCode)
    .replace(lineStart, (_, space: string, sign: string) => space + asCode(sign) + sign.slice(1))

export const grey = (text: string): string => `<font color='grey'>${escape(text)}</font>`
export const link = (label: string, url: string): string => `[${escape(label)}](${encodeURI(url)})`
