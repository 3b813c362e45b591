import { listAndPage, page } from '../../routes.ts'

export const routes = [
  page('/customers/new', 'customer-new', () => import('./CustomerFormPage.vue'), { isFullScreen: true }),
  page('/customers/:id/edit', 'customer-edit', () => import('./CustomerFormPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/customers', name: 'customers', view: () => import('./CustomerListPage.vue') },
    { path: '/customers/:id', name: 'customer', view: () => import('./CustomerPage.vue') },
  ),
]
