import { listAndPage, page } from '../../routes.ts'

export const routes = [
  ...listAndPage(
    { path: '/vouchers', name: 'vouchers', view: () => import('./VoucherListPage.vue') },
    { path: '/vouchers/:id', name: 'voucher', view: () => import('./VoucherPage.vue') },
  ),
  page('/trial-balance', 'trial-balance', () => import('./TrialBalancePage.vue')),
  page('/trial-balance/:code', 'account-ledger', () => import('./AccountLedgerPage.vue'), { isFullScreen: true }),
  page('/voucher-templates', 'voucher-templates', () => import('./TemplatesPage.vue'), { isFullScreen: true }),
]
