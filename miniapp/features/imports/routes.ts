import { listAndPage } from '../../routes.ts'

export const routes = listAndPage(
  { path: '/imports', name: 'imports', view: () => import('./ImportsPage.vue') },
  { path: '/imports/:id', name: 'import', view: () => import('./ImportPage.vue') },
)
