import type { RouteRecordRaw } from 'vue-router'
import { page } from '../../routes.ts'

export const routes: RouteRecordRaw[] = [
  page('/items/new', 'item-new', () => import('./ItemFormPage.vue'), { isFullScreen: true }),
  page('/items/:id/edit', 'item-edit', () => import('./ItemFormPage.vue'), { isFullScreen: true }),
  // What an item is and how much of it is there are one page.
  { path: '/items/:id', redirect: ({ params }) => ({ name: 'stock-item', params: { itemId: params['id'] } }) },
  page('/item-families/:id', 'item-family', () => import('./FamilyPage.vue')),
]
