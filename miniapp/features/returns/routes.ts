import { listAndPage, page } from '../../routes.ts'

export const routes = [
  ...listAndPage(
    { path: '/returns', name: 'returns', view: () => import('./ReturnListPage.vue') },
    { path: '/returns/:id', name: 'return', view: () => import('./ReturnPage.vue') },
  ),
  page('/orders/:id/return', 'return-new', () => import('./NewReturnPage.vue')),
  page('/returns/:id/edit', 'return-edit', () => import('./EditReturnPage.vue')),
  page('/returns/:id/receive', 'return-receive', () => import('./ReceiveReturnPage.vue')),
]
