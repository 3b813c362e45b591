import type { Fact } from '#kernel/events'

/** Somebody is no longer in the directory of a platform, and has lost his access. */
export type PersonLeft = Fact<
  'org.person-left',
  { personId: string; platform: string; handoverId: string; holderId: string | null }
>

/** He is back before what he left behind was passed on, or after. */
export type PersonReturned = Fact<
  'org.person-returned',
  { personId: string; platform: string; handoverId: string | null }
>

/** What somebody left behind has gone to others. */
export type HandedOver = Fact<
  'org.handed-over',
  { handoverId: string; personId: string; by: string; passed: { kind: string; heirId: string; count: number }[] }
>

/** Identities went from one of these people to another: two turned out to be one, or one to be two. */
export type IdentitiesMoved = Fact<'org.identities-moved', { personIds: string[] }>

/** A directory that was read whole names far fewer people than the day before: nobody was taken to have left. */
export type DirectoryShrunk = Fact<'org.directory-shrunk', { platform: string; known: number; missing: number }>
