import { XMLParser } from 'fast-xml-parser'

const parser = new XMLParser({ processEntities: false, parseTagValue: false, ignoreDeclaration: true })
const cdata = /<!\[CDATA\[[\s\S]*?\]\]>/g

/**
 * What stands in WeCom's XML, every value as text: numbers are ids, and longer than a number holds. Nothing for what is no such XML: declarations,
 * entities and comments never come from WeCom.
 */
export function parseXml(text: string): unknown {
  const markup = text.replace(cdata, '')
  if (markup.includes('<!') || markup.replace(/^\s*<\?xml[^>]*\?>/, '').includes('<?')) return undefined
  try {
    const parsed: unknown = parser.parse(text, true)
    return typeof parsed === 'object' && parsed !== null && 'xml' in parsed && Object.keys(parsed).length === 1
      ? parsed.xml
      : undefined
  } catch {
    return undefined
  }
}

/** What XML 1.0 cannot hold in any way. */
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** An element with what is in it: a list is the element again and again, a text stands in CDATA. */
export function element(name: string, content: unknown): string {
  if (content === undefined) return ''
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join('')
  return `<${name}>${inner(content)}</${name}>`
}

function inner(content: unknown): string {
  if (typeof content === 'string')
    return `<![CDATA[${content.replace(unfit, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  if (typeof content === 'object' && content !== null)
    return Object.entries(content)
      .map(([name, value]) => element(name, value))
      .join('')
  return String(content)
}

/** A card of the interface as the answer to a callback writes it: the same fields under other names. */
export function inXmlNames(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(inXmlNames)
  if (typeof content !== 'object' || content === null) return content
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [xmlName(name), inXmlNames(value)]))
}

const xmlName = (name: string): string =>
  name === 'keyname' ? 'KeyName' : name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
