import 'vant/lib/index.css'
import './theme.css'
import { createPinia } from 'pinia'
import { createApp, watchEffect } from 'vue'
import { z } from 'zod'
import AppFrame from './frame/AppFrame.vue'
import { isDark, isTouch } from './frame/layout.ts'
import { lookOnReturn } from './frame/look-on-return.ts'
import { i18n, lang, useLanguage } from './i18n.ts'
import { router } from './router.ts'
import { speakVant } from './vant-language.ts'
import { mendVantRoles } from './vant-roles.ts'

// The page's policy allows no code made at run time.
z.config({ jitless: true })

mendVantRoles()
useLanguage(lang.value)
watchEffect(() => void speakVant(lang.value))
watchEffect(() => document.documentElement.classList.toggle('van-theme-dark', isDark.value))

// Vant listens to touch only: a mouse at a desk becomes a finger.
if (!isTouch.value) void import('@vant/touch-emulator')

lookOnReturn(router)
createApp(AppFrame).use(createPinia()).use(i18n).use(router).mount('#app')
