import { listAndPage, page } from '../../routes.ts'

export const routes = [
  page('/orders/new', 'order-new', () => import('./OrderEntryPage.vue'), { isFullScreen: true }),
  page('/orders/:id/edit', 'order-edit', () => import('./OrderEntryPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/orders', name: 'orders', view: () => import('./OrderListPage.vue') },
    { path: '/orders/:id', name: 'order', view: () => import('./OrderPage.vue') },
  ),
  page('/targets', 'targets', () => import('./TargetsPage.vue')),
  page('/quotations/new', 'quotation-new', () => import('./QuotationEntryPage.vue'), { isFullScreen: true }),
  page('/quotations/:id/edit', 'quotation-edit', () => import('./QuotationEntryPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/quotations', name: 'quotations', view: () => import('./QuotationListPage.vue') },
    { path: '/quotations/:id', name: 'quotation', view: () => import('./QuotationPage.vue') },
  ),
]
