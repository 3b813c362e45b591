import { listAndPage, page } from '../../routes.ts'

export const routes = [
  page('/receivables/late', 'receivables-late', () => import('./LateEntriesPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/receivables', name: 'receivables', view: () => import('./ReceivableListPage.vue') },
    { path: '/receivables/:id', name: 'receivable', view: () => import('./ReceivablePage.vue') },
  ),
  page('/receipts/new', 'receipt-new', () => import('./ReceiptFormPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/receipts', name: 'receipts', view: () => import('./ReceiptListPage.vue') },
    { path: '/receipts/:id', name: 'receipt', view: () => import('./ReceiptPage.vue') },
  ),
  page('/customers/:id/statement', 'statement', () => import('./StatementPage.vue'), { isFullScreen: true }),
  page('/finance/settings', 'finance-settings', () => import('./FinanceSettingsPage.vue'), { isFullScreen: true }),
  page('/proof', 'proof', () => import('./ProofPage.vue'), { isFullScreen: true }),
]
