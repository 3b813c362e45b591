import { listAndPage, page } from '../../routes.ts'

export const routes = [
  page('/sign-in', 'sign-in', () => import('./SignInPage.vue'), { isOpen: true }),
  page('/sign-in/:platform', 'sign-in-return', () => import('./SignInReturnPage.vue'), { isOpen: true }),
  page('/me', 'me', () => import('./MePage.vue')),
  page('/me/sessions', 'my-sessions', () => import('./MySessionsPage.vue')),
  page('/me/delegations', 'delegations', () => import('./DelegationsPage.vue')),
  page('/people', 'people', () => import('./PersonListPage.vue')),
  ...listAndPage(
    { path: '/accounts', name: 'accounts', view: () => import('./AccountListPage.vue') },
    { path: '/accounts/:id', name: 'account', view: () => import('./AccountPage.vue') },
  ),
  page('/people-rules', 'people-rules', () => import('./PeopleRulesPage.vue')),
  ...listAndPage(
    { path: '/handovers', name: 'handovers', view: () => import('./HandoverListPage.vue') },
    { path: '/handovers/:id', name: 'handover', view: () => import('./HandoverPage.vue') },
  ),
]
