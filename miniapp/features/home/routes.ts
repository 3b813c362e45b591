import { page } from '../../routes.ts'

export const routes = [
  page('/', 'home', () => import('./HomePage.vue')),
  page('/search', 'search', () => import('./SearchPage.vue')),
]
