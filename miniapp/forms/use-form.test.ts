import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { Refusal } from '#contract'
import { Unreachable } from '../api.ts'
import { useForm } from './use-form.ts'
import { device } from '../test/device.ts'

type Order = { customer: string; note: string }
type Sent = { values: Order; id: string; key: string }

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
  vi.useFakeTimers()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

function begin(answer: (attempt: number) => Promise<string>, done = vi.fn<(answer: string) => void>()) {
  const sent: Sent[] = []
  const form = scope.run(() =>
    useForm({
      draft: 'order',
      initial: (): Order => ({ customer: '', note: '' }),
      submit: (values, sending) => {
        sent.push({ values, ...sending })
        return answer(sent.length)
      },
      done,
    }),
  )
  if (!form) throw new Error('the scope is over')
  return { form, sent, done }
}

/** The pause after the last key has passed. */
const keep = () => vi.advanceTimersByTimeAsync(500)

test('a form sent again after a broken line is the same deed, and keeps what was typed', async () => {
  const { form, sent, done } = begin((attempt) =>
    attempt < 3 ? Promise.reject(new Unreachable()) : Promise.resolve('SO1'),
  )
  form.values.customer = '宏达'
  expect(await form.send()).toBe(false)
  expect(form.state).toBe('waiting')
  expect(form.values.customer).toBe('宏达')
  await form.send()
  expect(await form.send()).toBe(true)
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(done).toHaveBeenCalledWith('SO1')
})

test('what waits goes out by itself, once, when the network is back', async () => {
  const { form, sent } = begin((attempt) =>
    attempt === 1 ? Promise.reject(new Unreachable()) : Promise.resolve('SO1'),
  )
  window.dispatchEvent(new Event('offline'))
  await form.send()
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  expect(sent).toHaveLength(2)
  window.dispatchEvent(new Event('offline'))
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  expect(sent).toHaveLength(2)
})

test('a second press while it is on its way does nothing', async () => {
  let arrive: (answer: string) => void = () => {}
  const { form, sent } = begin(() => new Promise((resolve) => (arrive = resolve)))
  const first = form.send()
  expect(await form.send()).toBe(false)
  arrive('SO1')
  expect(await first).toBe(true)
  expect(sent).toHaveLength(1)
})

test('a refusal marks its fields, says its sentence, and leaves the form as it was', async () => {
  const issues = [{ field: 'customer', message: '请填写客户' }]
  const { form, sent } = begin((attempt) =>
    attempt === 1 ? Promise.reject(new Refusal('malformed', {}, issues)) : Promise.resolve('SO1'),
  )
  form.values.note = '急'
  await form.send()
  expect(form.issueOf('customer')).toBe('请填写客户')
  expect(form.issueOf('note')).toBeUndefined()
  expect(form.words).not.toBe('')
  expect(form.values.note).toBe('急')
  await form.send()
  expect(form.issueOf('customer')).toBeUndefined()
  expect(sent[1]?.key).toBe(sent[0]?.key)
})

test('an unfinished form comes back with its values, its id and its key', async () => {
  const first = begin(() => Promise.reject(new Unreachable()))
  await first.form.ready
  first.form.values.customer = '顺兴'
  await first.form.send()
  await keep()
  scope.stop()
  scope = effectScope()

  const second = begin(() => Promise.resolve('SO1'))
  await second.form.ready
  expect(second.form.isRestored).toBe(true)
  expect(second.form.values.customer).toBe('顺兴')
  await second.form.send()
  expect(second.sent[0]).toMatchObject({ id: first.sent[0]?.id, key: first.sent[0]?.key })
})

test('once the server has answered nothing is kept, and the next form is another deed', async () => {
  const { form, sent } = begin(() => Promise.resolve('SO1'))
  await form.ready
  form.values.customer = '佳筑'
  await form.send()
  await keep()
  expect(device.size).toBe(0)
  await form.send()
  expect(sent[1]?.key).not.toBe(sent[0]?.key)
  expect(sent[1]?.id).not.toBe(sent[0]?.id)
})
