export { aboutVersion } from './about-version.ts'
export { moveIssues } from './check-move.ts'
export type { Definition } from './definition-store.ts'
export { findDefinitions } from './definition-store.ts'
export {
  draftOf,
  publishDraft,
  publishedDefinition,
  publishedFor,
  readVersion,
  retireDefinition,
  saveDraft,
  versionsOf,
} from './lifecycle.ts'
