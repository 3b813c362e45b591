import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Output } from '#contract'
import type { org, PlatformName } from '#contract/modules/org'
import { orgApi, signInApi } from './features/org/api.ts'
import { forgetExportable } from './exports/exportable-lists.ts'
import { forgetDescriptions } from './forms/descriptions.ts'
import { useLanguage } from './i18n.ts'
import { openedApp, returnAddress } from './opened-app.ts'
import { forgetPages } from './recent.ts'

type Me = Output<(typeof org)['endpoints']['me']>

/** Who is using the app. What he may do is asked here only to leave out what he cannot open; the server decides. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me>()
  const roles = computed(() => me.value?.roles.map((role) => role.key) ?? [])

  async function load(): Promise<void> {
    me.value = await orgApi.me({})
    forgetDescriptions()
    forgetExportable()
    useLanguage(me.value.lang)
  }

  async function signInWith(platform: PlatformName, code: string): Promise<void> {
    await signInApi.signIn({ platform, appId: openedApp, code })
    await load()
  }

  /** The second half of signing in from a plain browser: the platform sent us back with a code. */
  async function signInReturned(platform: PlatformName, returned: { code: string; state: string }): Promise<void> {
    await signInApi.signIn({ platform, appId: openedApp, ...returned, redirectUri: returnAddress(platform) })
    await load()
  }

  async function setLanguage(lang: 'zh' | 'en'): Promise<void> {
    useLanguage(lang)
    await orgApi.setLanguage({ lang })
    if (me.value) me.value = { ...me.value, lang }
  }

  async function signOut(): Promise<void> {
    await orgApi.signOut({})
    forgetPages()
    me.value = undefined
  }

  const granted = (list: string[] | undefined, what: string) => (list?.includes('*') || list?.includes(what)) ?? false
  const may = (action: string): boolean => granted(me.value?.actions, action)
  const sees = (group: string): boolean => granted(me.value?.reads, group)
  /** Whether there are any documents of a kind for him to open. */
  const opens = (document: string): boolean => me.value?.scopes[document] !== undefined

  return { me, roles, may, sees, opens, load, signInWith, signInReturned, setLanguage, signOut }
})
