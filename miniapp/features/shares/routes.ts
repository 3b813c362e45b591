import type { RouteRecordRaw } from 'vue-router'
import { page } from '../../routes.ts'

/** The page of a document as it goes on paper. */
const printed = (path: string, name: string, document: string): RouteRecordRaw =>
  ({
    ...page(path, name, () => import('./PrintPage.vue'), { isFullScreen: true }),
    props: ({ params, query }: { params: object; query: object }) => ({ ...params, ...query, document }),
  }) as RouteRecordRaw // a page with its props made here

export const routes: RouteRecordRaw[] = [
  page('/s/:token', 'shared', () => import('./SharedPage.vue'), { isOpen: true, isFullScreen: true }),
  printed('/quotations/:id/print', 'quotation-print', 'quotation'),
  printed('/orders/:id/print', 'order-print', 'sales_order'),
  printed('/returns/:id/print', 'return-print', 'sales_return'),
  printed('/customers/:id/statement/print', 'statement-print', 'statement'),
]
