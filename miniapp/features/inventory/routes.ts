import type { RouteRecordRaw } from 'vue-router'
import { listAndPage, page } from '../../routes.ts'

/** The two ways to a form of documents that move goods: for a new one, and for one that is there. */
const forms = (kind: string, path: string, name: string): RouteRecordRaw[] =>
  [
    page(`${path}/new`, `${name}-new`, form, fullScreen),
    page(`${path}/:id/edit`, `${name}-edit`, form, fullScreen),
  ].map(
    (route) => ({ ...route, props: ({ params }: { params: object }) => ({ ...params, kind }) }) as RouteRecordRaw, // a page with its props made here
  )
const form = () => import('./StockDocumentFormPage.vue')
const fullScreen = { isFullScreen: true }

export const routes: RouteRecordRaw[] = [
  page('/stock/as-at', 'stock-as-at', () => import('./StockAsAtPage.vue')),
  page('/stock/late', 'stock-late', () => import('./StockLatePage.vue')),
  page('/stock/trace', 'stock-trace', () => import('./StockTracePage.vue')),
  ...forms('goods_receipt', '/stock/receipts', 'goods-receipt'),
  page('/stock/receipts/:id/receive', 'goods-receipt-receive', () => import('./ReceiveGoodsPage.vue'), fullScreen),
  ...listAndPage(
    { path: '/stock/receipts', name: 'goods-receipts', view: () => import('./GoodsReceiptListPage.vue') },
    { path: '/stock/receipts/:id', name: 'goods-receipt', view: () => import('./GoodsReceiptPage.vue') },
  ),
  ...forms('stock_transfer', '/stock/transfers', 'stock-transfer'),
  ...listAndPage(
    { path: '/stock/transfers', name: 'stock-transfers', view: () => import('./StockTransferListPage.vue') },
    { path: '/stock/transfers/:id', name: 'stock-transfer', view: () => import('./StockTransferPage.vue') },
  ),
  ...forms('stock_adjustment', '/stock/adjustments', 'stock-adjustment'),
  ...listAndPage(
    { path: '/stock/adjustments', name: 'stock-adjustments', view: () => import('./StockAdjustmentListPage.vue') },
    { path: '/stock/adjustments/:id', name: 'stock-adjustment', view: () => import('./StockAdjustmentPage.vue') },
  ),
  ...listAndPage(
    { path: '/warehouses', name: 'warehouses', view: () => import('./WarehouseListPage.vue') },
    { path: '/warehouses/:id', name: 'warehouse', view: () => import('./WarehousePage.vue') },
  ),
  ...listAndPage(
    { path: '/stock', name: 'stock', view: () => import('./StockListPage.vue') },
    { path: '/stock/:itemId', name: 'stock-item', view: () => import('./StockItemPage.vue') },
  ),
]
