import { h } from 'vue'
import type { FunctionalComponent, VNode } from 'vue'

import { blocks } from '../markdown.ts'
import type { Block, Inline } from '../markdown.ts'
import { openLink } from '../stage.ts'
import { targetOf, textInk, textSize } from './dingtalk-look.ts'

/** Draws the markdown of DingTalk's messages and cards as elements, never as HTML text. */
export const DingtalkMarkdown: FunctionalComponent<{ content: string }> = ({ content }) =>
  h('div', { class: 'md' }, blocks(normalised(content)).map(blockNode))
DingtalkMarkdown.props = { content: String }

const SIGNS_OF_A_BLOCK = /^\s*([-*+] |\d+\. |#{1,6} |>|\||```)/

/** A line ends only where two spaces stand before its end; and a font has a size and a colour, each by the name of a token. */
function normalised(text: string): string {
  const joined = text.split('\n').reduce((before, line) => {
    const last = before.slice(before.lastIndexOf('\n') + 1)
    const isNewLine = last === '' || line === '' || last.endsWith('  ') || last.endsWith('<br>')
    const isBlock = SIGNS_OF_A_BLOCK.test(line) || SIGNS_OF_A_BLOCK.test(last)
    return before + (isNewLine || isBlock ? '\n' : ' ') + line
  })
  return joined.replaceAll(/<font ([^>]*)>/g, (_, given: string) => `<font color='${given.replaceAll(/['"]/g, '')}'>`)
}

function blockNode(block: Block): VNode {
  switch (block.kind) {
    case 'paragraph':
      return h('p', block.inner.map(inlineNode))
    case 'heading':
      return h('p', { class: `md-heading md-heading-${block.level}` }, block.inner.map(inlineNode))
    case 'quote':
      return h('blockquote', block.inner.map(inlineNode))
    case 'code':
      return h('pre', block.text)
    case 'rule':
      return h('hr')
    case 'list': {
      const items = block.items.map((item) => h('li', item.map(inlineNode)))
      return h(block.isOrdered ? 'ol' : 'ul', items)
    }
    case 'table': {
      const row = (cell: 'th' | 'td', cells: Inline[][]) =>
        h(
          'tr',
          cells.map((inner) => h(cell, inner.map(inlineNode))),
        )
      return h('table', [row('th', block.head), ...block.rows.map((cells) => row('td', cells))])
    }
  }
}

function inlineNode(inline: Inline): VNode | string {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'bold':
      return h('b', inline.inner.map(inlineNode))
    case 'italic':
      return h('i', inline.inner.map(inlineNode))
    case 'strike':
      return h('s', inline.inner.map(inlineNode))
    case 'code':
      return h('code', inline.text)
    case 'break':
      return h('br')
    case 'font':
      return h('span', { style: fontOf(inline.color) }, inline.inner.map(inlineNode))
    case 'link': {
      const follow = (event: Event) => {
        event.preventDefault()
        openLink(targetOf(inline.url))
      }
      return h('a', { href: inline.url, onClick: follow }, inline.inner.map(inlineNode))
    }
    // Tags and mentions of this kind are written by another platform.
    case 'tag':
      return inline.text
    case 'at':
      return `@${inline.id}`
  }
}

/** What stands in a font tag: `sizeToken=… colorTokenV2=…`, or a plain `color=#…`. */
function fontOf(given: string): { color?: string; fontSize?: string; fontWeight?: string } {
  const named = (name: string) => new RegExp(`${name}=(\\S+)`).exec(given)?.[1]
  const colour = named('colorTokenV2') ?? named('color')
  const size = named('sizeToken')
  return {
    ...(colour && { color: textInk(colour) }),
    ...(size && { fontSize: textSize(size) }),
    ...(size && /h[1-3]_/.test(size) && { fontWeight: '600' }),
  }
}
