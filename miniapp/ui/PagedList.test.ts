import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useLanguage } from '../i18n.ts'
import { changesMade, Unreachable } from '../api.ts'
import PagedList from './PagedList.vue'
import type { LoadPage } from './pages.ts'
import { scrollerKey } from './scroller.ts'

type Row = { id: string; name: string }
const all = Array.from({ length: 75 }, (_, at): Row => ({ id: String(at), name: `客户 ${at}` }))
const viewHeight = 600
const rowHeight = 60

beforeEach(() => {
  useLanguage('zh')
  // happy-dom lays nothing out: a view of ten rows, as the list measures them.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(viewHeight)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(rowHeight)
})
afterEach(() => vi.restoreAllMocks())

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:id*', component: { render: () => null } }],
})

function draw(load: LoadPage<Row>, props: object = {}) {
  const scroller = document.createElement('div')
  document.body.append(scroller)
  const Page = defineComponent(
    () => () =>
      h(
        PagedList,
        { load, idOf: (row: Row) => row.id, rowHeight, ...props } as never, // the list's own type parameter is not known to h
        { default: ({ row }: { row: Row }) => h('p', row.name) },
      ),
  )
  const page = mount(Page, {
    attachTo: scroller,
    global: {
      plugins: [router],
      provide: { [scrollerKey as symbol]: shallowRef(scroller) },
      stubs: { RouterLink: RouterLinkStub },
    },
  })
  const scroll = async (to: number) => {
    scroller.scrollTop = to
    scroller.dispatchEvent(new Event('scroll'))
    await flushPromises()
  }
  return { page, scroll }
}

/** A server that pages through `rows` by their place. */
function pagesOf(rows: Row[]) {
  const asked: { cursor?: string; limit: number }[] = []
  const load: LoadPage<Row> = (page) => {
    asked.push(page)
    const from = Number(page.cursor ?? 0)
    const to = from + page.limit
    return Promise.resolve({ rows: rows.slice(from, to), cursor: to < rows.length ? String(to) : null })
  }
  return { load, asked }
}

test('of a long list only what is seen is drawn, and the next page comes when its end comes near', async () => {
  const { load, asked } = pagesOf(all)
  const { page, scroll } = draw(load)
  await flushPromises()
  expect(page.text()).toContain('客户 0')
  expect(page.findAll('li').length).toBeLessThan(30)
  expect(asked).toEqual([{ limit: 30 }])

  await scroll(25 * rowHeight)
  await flushPromises()
  expect(asked.at(-1)).toEqual({ limit: 30, cursor: '30' })
  await scroll(40 * rowHeight)
  expect(page.text()).toContain('客户 45')
  expect(page.text()).not.toContain('客户 0 ')
})

test('another filter begins the list anew', async () => {
  const sought = ref('')
  const asked: string[] = []
  const { page } = draw(() => {
    asked.push(sought.value)
    return Promise.resolve({ rows: all.filter(({ name }) => name.endsWith(sought.value)).slice(0, 5), cursor: null })
  })
  await flushPromises()
  sought.value = '7'
  await flushPromises()
  expect(asked).toEqual(['', '7'])
  expect(page.findAll('li').map((row) => row.text())).toEqual(['客户 7', '客户 17', '客户 27', '客户 37', '客户 47'])
})

test('after a change the list is read again as far as it was, so that nothing jumps', async () => {
  const { load, asked } = pagesOf(all)
  const { scroll } = draw(load)
  await flushPromises()
  await scroll(25 * rowHeight)
  changesMade.value++
  await flushPromises()
  expect(asked.at(-1)).toEqual({ limit: 60 })
})

test('an empty list says what belongs there, a search without a match says so', async () => {
  const load: LoadPage<Row> = () => Promise.resolve({ rows: [], cursor: null })
  const empty = { words: '还没有客户', hint: '第一位客户从这里开始' }
  const first = draw(load, { empty }).page
  const narrowed = draw(load, { empty, isNarrowed: true }).page
  await flushPromises()
  expect(first.text()).toContain('第一位客户从这里开始')
  expect(narrowed.text()).not.toContain('还没有客户')
  expect(narrowed.text()).toContain('没有找到')
})

test('a list that cannot be read says why and can be asked again', async () => {
  let isDown = true
  const { page } = draw(() =>
    isDown ? Promise.reject(new Unreachable()) : Promise.resolve({ rows: all.slice(0, 2), cursor: null }),
  )
  await flushPromises()
  expect(page.get('[role=alert]').text()).toContain('网络')
  isDown = false
  await page.get('button').trigger('click')
  await flushPromises()
  expect(page.findAll('li')).toHaveLength(2)
})
