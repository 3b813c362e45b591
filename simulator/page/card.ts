/** What a card is to the page: JSON that the simulator has already checked. */
export type CardNode = { [property: string]: unknown }

export function node(value: unknown): CardNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

export function nodes(value: unknown): CardNode[] {
  return Array.isArray(value) ? value.map(node) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** The words of a text element such as a title or a label. */
export function words(value: unknown): string {
  return text(node(value)['content'])
}

/** Spacing words of the platform and its own pixel texts, as CSS. */
export function spacing(value: unknown, otherwise: string): string {
  const named: Record<string, string> = {
    small: '4px',
    medium: '8px',
    default: '8px',
    large: '12px',
    extra_large: '16px',
  }
  const given = text(value)
  if (named[given]) return named[given]
  return /^-?\d+px( -?\d+px){0,3}$/.test(given) ? given : otherwise
}

/** The name by which a click says which control was touched. */
export function controlName(element: CardNode): string {
  return text(element['name']) || text(element['element_id']) || words(element['text'])
}
