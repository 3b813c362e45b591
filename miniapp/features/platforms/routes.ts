import { page } from '../../routes.ts'

export const routes = [page('/undelivered', 'undelivered', () => import('./UndeliveredPage.vue'))]
