import { listAndPage, page } from '../../routes.ts'

export const routes = [
  page('/platforms/new/:platform', 'platform-new', () => import('./NewPlatformPage.vue')),
  ...listAndPage(
    { path: '/platforms', name: 'platforms', view: () => import('./PlatformListPage.vue') },
    { path: '/platforms/:id', name: 'platform', view: () => import('./PlatformPage.vue') },
  ),
]
