import { listAndPage } from '../../routes.ts'

export const routes = [
  ...listAndPage(
    { path: '/margins', name: 'margins', view: () => import('./MarginListPage.vue') },
    { path: '/margins/orders/:id', name: 'order-margin', view: () => import('./OrderMarginPage.vue') },
  ),
]
