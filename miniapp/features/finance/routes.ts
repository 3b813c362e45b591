import { listAndPage, page } from '../../routes.ts'

const receivables = () => import('./ReceivablesPage.vue')

export const routes = [
  ...listAndPage(
    { path: '/receivables', name: 'receivables', view: receivables },
    // Before the page of one, so that its name is not taken for an id.
    { path: '/receivables/open', name: 'open-receivables', view: () => import('./OpenReceivablesPage.vue') },
  ),
  ...listAndPage(
    { path: '/receivables', name: 'receivables', view: receivables },
    { path: '/receivables/:id', name: 'receivable', view: () => import('./ReceivablePage.vue') },
  ).slice(1),
  page('/receipts/new', 'receipt-new', () => import('./ReceiptFormPage.vue'), { isFullScreen: true }),
  ...listAndPage(
    { path: '/receipts', name: 'receipts', view: () => import('./ReceiptListPage.vue') },
    { path: '/receipts/:id', name: 'receipt', view: () => import('./ReceiptPage.vue') },
  ),
  page('/customers/:id/statement', 'statement', () => import('./StatementPage.vue')),
  page('/finance/settings', 'finance-settings', () => import('./FinanceSettingsPage.vue')),
  page('/finance/proof', 'proof', () => import('./ProofPage.vue')),
]
