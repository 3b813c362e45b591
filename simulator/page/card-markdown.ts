import { h } from 'vue'
import type { FunctionalComponent, VNode, VNodeArrayChildren } from 'vue'

import { inkOf, tagTint } from './look.ts'
import { blocks, inlines } from './markdown.ts'
import type { Block, Inline } from './markdown.ts'
import { openLink, stage } from './stage.ts'

/** Draws the markdown of a card as elements, never as HTML text. */
export const CardMarkdown: FunctionalComponent<{ content: string; inline?: boolean }> = (props) =>
  props.inline
    ? h('span', { class: 'md' }, inlines(props.content).map(inlineNode))
    : h('div', { class: 'md' }, blocks(props.content).map(blockNode))
CardMarkdown.props = { content: String, inline: Boolean }

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
    case 'list':
      return h(
        block.isOrdered ? 'ol' : 'ul',
        block.items.map((item) => h('li', item.map(inlineNode))),
      )
    case 'table':
      return h('table', [row('th', block.head), ...block.rows.map((cells) => row('td', cells))])
  }
}

function row(cell: 'th' | 'td', cells: Inline[][]): VNode {
  return h(
    'tr',
    cells.map((inner) => h(cell, inner.map(inlineNode))),
  )
}

function inlineNode(inline: Inline): VNode | string {
  const inner = (of: Inline[]): VNodeArrayChildren => of.map(inlineNode)
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'bold':
      return h('b', inner(inline.inner))
    case 'italic':
      return h('i', inner(inline.inner))
    case 'strike':
      return h('s', inner(inline.inner))
    case 'code':
      return h('code', inline.text)
    case 'break':
      return h('br')
    case 'font':
      return h('span', { style: { color: inkOf(inline.color) } }, inner(inline.inner))
    case 'tag': {
      const tint = tagTint(inline.color)
      return h('span', { class: 'md-tag', style: { background: tint.ground, color: tint.ink } }, inline.text)
    }
    case 'at':
      return h('span', { class: 'md-at' }, `@${nameOf(inline.id)}`)
    case 'link':
      return h('a', { href: inline.url, onClick: (event: Event) => follow(event, inline.url) }, inner(inline.inner))
  }
}

function follow(event: Event, url: string): void {
  event.preventDefault()
  openLink(url)
}

function nameOf(id: string): string {
  if (id === 'all') return '所有人'
  const named = stage.people.find((person) => Object.values(person.platforms['feishu'] ?? {}).includes(id))
  return named?.name ?? id
}
