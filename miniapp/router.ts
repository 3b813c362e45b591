import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { onSignedOut } from './api.ts'
import { basePath } from './opened-app.ts'
import { page } from './routes.ts'
import { useSession } from './session.ts'

// Each feature names its pages in features/<module>/routes.ts; the pages themselves are loaded when they are opened.
const features = import.meta.glob<{ routes: RouteRecordRaw[] }>('./features/*/routes.ts', { eager: true })

export const router = createRouter({
  history: createWebHistory(basePath),
  routes: [
    ...Object.values(features).flatMap(({ routes }) => routes),
    page('/:path(.*)*', 'not-found', () => import('./frame/NotFoundPage.vue')),
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (to.meta.isOpen || session.me) return true
  try {
    await session.load()
    return true
  } catch {
    // Not signed in, or nobody answers: that page finds out which, and says so.
    return signInPage(to.fullPath)
  }
})

onSignedOut(() => {
  const { meta, fullPath } = router.currentRoute.value
  if (!meta.isOpen) void router.replace(signInPage(fullPath))
})

const signInPage = (to: string) => ({ name: 'sign-in', query: to === '/' ? {} : { to } })
