/** Colours and times, as the chat clients show them. */

/** How one platform's client looks. */
export type Look = {
  brand: string
  /** The ground of the chat, and the bubbles of others and of oneself. */
  ground: string
  bubble: string
  own: string
  /** Corners of pictures and bubbles. */
  picture: string
  corner: string
  /** The small sign that says which platform. */
  tag: Tint
}

const feishuLook: Look = {
  brand: '#2b66f0',
  ground: '#ffffff',
  bubble: '#f2f3f5',
  own: '#d1e3ff',
  picture: '50%',
  corner: '8px',
  tag: { ground: '#eaf0ff', ink: '#2455c4' },
}

const looks: Record<string, Look> = {
  feishu: feishuLook,
  dingtalk: {
    brand: '#0a6fe0',
    ground: '#f2f4f8',
    bubble: '#ffffff',
    own: '#cfe6ff',
    picture: '10px',
    corner: '10px',
    tag: { ground: '#dff3fb', ink: '#0a6183' },
  },
  wecom: {
    brand: '#1f6bd6',
    ground: '#eef0f3',
    bubble: '#ffffff',
    own: '#c5e3ff',
    picture: '5px',
    corner: '5px',
    tag: { ground: '#e1f3e6', ink: '#1f6b3a' },
  },
}

export function lookOf(platform: string): Look {
  return looks[platform] ?? feishuLook
}

/** A look as properties that the styles below an element read. */
export function stylesOf(platform: string): Record<string, string> {
  const { brand, ground, bubble, own, picture, corner } = lookOf(platform)
  return {
    '--brand': brand,
    '--chat-ground': ground,
    '--bubble': bubble,
    '--own': own,
    '--picture': picture,
    '--corner': corner,
  }
}

const AVATARS = ['#2f62e0', '#7f3bf5', '#22791a', '#a85a00', '#087a72', '#b83a91', '#5059d8', '#96521f']

export function avatarColor(key: string): string {
  const sum = [...key].reduce((total, sign) => total + sign.charCodeAt(0), 0)
  return AVATARS[sum % AVATARS.length] ?? '#3370ff'
}

/** Feishu writes the last two signs of a Chinese name into the avatar. */
export function avatarText(name: string): string {
  return name.slice(-2)
}

export function clockTime(iso: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Shanghai',
  }).format(new Date(iso))
}

export function dayAndTime(iso: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Shanghai',
  }).format(new Date(iso))
}

export type Tint = { ground: string; ink: string }

/** The header templates of cards. */
const templates: Record<string, Tint> = {
  blue: { ground: '#e1eaff', ink: '#0c296e' },
  wathet: { ground: '#d9f3fd', ink: '#04415c' },
  turquoise: { ground: '#d5f6f2', ink: '#044b45' },
  green: { ground: '#d9f5d6', ink: '#124b0c' },
  yellow: { ground: '#faf1d1', ink: '#5c3a00' },
  orange: { ground: '#feead2', ink: '#6b3900' },
  red: { ground: '#fde2e2', ink: '#621c18' },
  carmine: { ground: '#fdddef', ink: '#57133e' },
  violet: { ground: '#f8def8', ink: '#5b1a5b' },
  purple: { ground: '#ece2fe', ink: '#380d82' },
  indigo: { ground: '#e0e2fa', ink: '#1a2080' },
  grey: { ground: '#eff0f1', ink: '#373c43' },
}

export function headerTint(template: string): Tint {
  return templates[template] ?? { ground: '#ffffff', ink: '#1f2329' }
}

const inks: Record<string, string> = {
  blue: '#245bdb',
  wathet: '#086d9c',
  turquoise: '#066f60',
  green: '#1f7016',
  yellow: '#805200',
  orange: '#995200',
  red: '#b8231d',
  carmine: '#b82879',
  violet: '#a83ca8',
  purple: '#6425d0',
  indigo: '#3f47d9',
  grey: '#646a73',
  neutral: '#646a73',
  lime: '#5f7a00',
}

/** The colour of a text, by one of the platform's colour names such as `red` or `blue-600`. */
export function inkOf(name: string): string {
  return inks[name.split('-')[0] ?? ''] ?? (/^#[0-9a-f]{3,8}$/i.test(name) ? name : '#1f2329')
}

export function tagTint(name: string): Tint {
  const tint = templates[name.split('-')[0] ?? '']
  return tint ? { ground: tint.ground, ink: inkOf(name) } : { ground: '#eff0f1', ink: '#646a73' }
}
