import { listAndPage } from '../../routes.ts'

export const routes = listAndPage(
  { path: '/deliveries', name: 'deliveries', view: () => import('./DeliveryListPage.vue') },
  { path: '/deliveries/:id', name: 'delivery', view: () => import('./DeliveryPage.vue') },
)
