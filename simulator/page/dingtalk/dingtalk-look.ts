/** The colours of DingTalk's cards. */

type ButtonLook = { ground: string; ink: string; edge: string }

const plain: ButtonLook = { ground: '#fff', ink: '#171a1d', edge: '#d5d9de' }
const buttons: Record<string, ButtonLook> = {
  blue: { ground: '#0066ff', ink: '#fff', edge: '#0066ff' },
  red: { ground: '#fff', ink: '#d9251b', edge: '#f0a29d' },
  green: { ground: '#0f8a4b', ink: '#fff', edge: '#0f8a4b' },
  orange: { ground: '#fff', ink: '#a85400', edge: '#f0c08a' },
}

export function buttonLook(colour: string): ButtonLook {
  return buttons[colour] ?? plain
}

const tags: Record<string, { ground: string; ink: string }> = {
  blue: { ground: '#e0edff', ink: '#0050c8' },
  green: { ground: '#dcf5e6', ink: '#0b6b3a' },
  orange: { ground: '#ffecd6', ink: '#8f4700' },
  red: { ground: '#ffe3e1', ink: '#b01c14' },
  purple: { ground: '#eee5ff', ink: '#5b2fc0' },
}

export function tagLook(colour: string): { ground: string; ink: string } {
  return tags[colour] ?? { ground: '#eceef0', ink: '#565c63' }
}

/** Colours of texts go by token: levels of grey, and a few that mean something. */
export function textInk(token: string): string {
  if (token.startsWith('#')) return token
  const named = ['red', 'orange', 'green', 'blue'].find((colour) => token.includes(colour))
  if (named) return tagLook(named).ink
  return token.includes('level1') || token === '' ? '#171a1d' : token.includes('level2') ? '#464c53' : '#6a7077'
}

export function textSize(token: string): string {
  if (token.includes('h1_')) return '20px'
  if (/h[23]_/.test(token)) return '16px'
  return token.includes('footnote') || token.includes('caption') ? '12px' : '14px'
}

/** A link that says how the client should open it carries the true address inside. */
export function targetOf(url: string): string {
  if (!url.startsWith('dingtalk://') || !URL.canParse(url)) return url
  return new URL(url).searchParams.get('url') ?? url
}
