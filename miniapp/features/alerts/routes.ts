import { page } from '../../routes.ts'

export const routes = [page('/me/alerts', 'my-alerts', () => import('./MyAlertsPage.vue'))]
