import { listAndPage } from '../../routes.ts'

export const routes = listAndPage(
  { path: '/approvals', name: 'approvals', view: () => import('./ApprovalListPage.vue') },
  { path: '/approvals/:id', name: 'approval', view: () => import('./ApprovalPage.vue') },
)
