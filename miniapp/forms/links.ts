import type { RouteLocationRaw } from 'vue-router'
import type { Text } from '#contract'

/** How people find a thing by what they type: for fields that link to it, and for the search of the whole app. */
export type Found = { id: string; title: string; words?: string; to?: RouteLocationRaw }
export type LinkSource = {
  /** What is found: the name of a document, or 'person'. */
  document: string
  label: Text
  /** The right without which there is nothing to find. */
  needs?: string
  search: (text: string, signal: AbortSignal) => Promise<Found[]>
}

// Loaded when something is first looked for, not with the app.
const features = import.meta.glob<{ links: LinkSource[] }>('../features/*/links.ts')

export async function linkSources(): Promise<LinkSource[]> {
  const loaded = await Promise.all(Object.values(features).map((load) => load()))
  return loaded.flatMap(({ links }) => links)
}

export async function linkSource(document: string): Promise<LinkSource | undefined> {
  return (await linkSources()).find((source) => source.document === document)
}
