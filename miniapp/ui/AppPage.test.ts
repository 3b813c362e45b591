import '../test/phone.ts'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { hasTabsKey } from '../frame/has-tabs.ts'
import { useLanguage } from '../i18n.ts'
import AppPage from './AppPage.vue'

beforeEach(() => useLanguage('zh'))

async function opened(props: { isRoot: boolean; hasTabs: boolean }) {
  const Nothing = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: Nothing },
      { path: '/vouchers', name: 'vouchers', component: Nothing, meta: { list: 'vouchers' } },
    ],
  })
  await router.push('/vouchers')
  const page = mount(AppPage, {
    props: { title: '凭证', isRoot: props.isRoot },
    global: { plugins: [router], provide: { [hasTabsKey as symbol]: ref(props.hasTabs) } },
  })
  return { page, router, back: page.find('button[aria-label="返回"]') }
}

test('nothing leads back from a list under which the tabs stand', async () => {
  const { back } = await opened({ isRoot: true, hasTabs: true })
  expect(back.exists()).toBe(false)
})

test('a list without tabs that was opened by a link leads home', async () => {
  const { back, router } = await opened({ isRoot: true, hasTabs: false })
  await back.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.name).toBe('home')
})
