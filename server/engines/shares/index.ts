export { sharesActions } from './actions.ts'
export type { Sheet, SheetPart } from './contract.ts'
export { openShareLink } from './open-share-link.ts'
export { registerShareable, type Shareable } from './registry.ts'
