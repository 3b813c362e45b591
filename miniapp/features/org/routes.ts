import { page } from '../../routes.ts'

export const routes = [
  page('/sign-in', 'sign-in', () => import('./SignInPage.vue'), { isOpen: true }),
  page('/sign-in/:platform', 'sign-in-return', () => import('./SignInReturnPage.vue'), { isOpen: true }),
  page('/me', 'me', () => import('./MePage.vue')),
  page('/me/sessions', 'my-sessions', () => import('./MySessionsPage.vue')),
  page('/me/delegations', 'delegations', () => import('./DelegationsPage.vue')),
  page('/people', 'people', () => import('./PersonListPage.vue')),
]
