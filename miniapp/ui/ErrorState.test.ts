import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { Refusal } from '#contract'
import { useLanguage } from '../i18n.ts'
import ErrorState from './ErrorState.vue'

const shown = (error: unknown) => mount(ErrorState, { props: { error, again: () => Promise.resolve() } }).text()

test('a page that cannot be read says why, and of a cut link that it is the link', () => {
  useLanguage('zh')
  expect(shown(new Refusal('not_found', { what: { zh: '订单' } }))).toContain('订单')
  const cut = shown(new Refusal('malformed', {}, [{ field: 'id', message: 'no id' }]))
  expect(cut).toContain('这个链接打不开')
  expect(cut).not.toContain('填')
})
