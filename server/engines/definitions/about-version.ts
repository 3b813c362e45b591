import type { Definition } from './definition-store.ts'

/** What a version tells about itself, as it crosses the wire. */
export const aboutVersion = ({
  key,
  version,
  state,
  revision,
  name,
  document,
  publishedAt,
  publishedBy,
}: Definition) => ({
  key,
  version,
  state,
  revision,
  name,
  document,
  publishedAt: publishedAt?.toISOString() ?? null,
  publishedBy,
})
