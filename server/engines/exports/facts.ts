import type { Fact } from '#kernel/events'

/** Somebody wants a list as a workbook. */
export type ExportAsked = Fact<'exports.asked', { exportId: string }>
