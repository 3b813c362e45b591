import { listAndPage, page } from '../../routes.ts'

const form = () => import('./LandedCostFormPage.vue')

export const routes = [
  page('/stock/costing', 'costing', () => import('./CostingPage.vue')),
  page('/stock/landed-costs/new', 'landed-cost-new', form, { isFullScreen: true }),
  page('/stock/landed-costs/:id/edit', 'landed-cost-edit', form, { isFullScreen: true }),
  ...listAndPage(
    { path: '/stock/landed-costs', name: 'landed-costs', view: () => import('./LandedCostListPage.vue') },
    { path: '/stock/landed-costs/:id', name: 'landed-cost', view: () => import('./LandedCostPage.vue') },
  ),
]
