import { log } from '#kernel/log'
import type { TokenCard } from '../card.ts'
import type { Handle, Platform } from './platform.ts'

/** A platform's own list of what somebody has to do. */
export type Todos = {
  /** Puts what a card asks onto somebody's list; answers where it stands there. */
  open: (openId: string, card: TokenCard, sendKey: string) => Promise<Handle>
  /** Takes it off again. A handle without such a place is no mistake. */
  close: (handle: Handle) => Promise<void>
}

type Cards = Pick<Platform, 'sendCard' | 'updateCard'>

/**
 * What waits for somebody stands on his list as well: from the card that asks him, until it asks no more. The list is a view besides the
 * card, so that what goes wrong with it never holds a card up.
 */
export const withTodos = ({ sendCard, updateCard }: Cards, todos: Todos): Cards => ({
  sendCard: async (openId, card, sendKey) => {
    const handle = await sendCard(openId, card, sendKey)
    if (!waits(card)) return handle
    const place = await todos.open(openId, card, sendKey).catch(told('opened'))
    return { ...handle, ...place }
  },
  updateCard: async (handle, card) => {
    if (!waits(card)) await todos.close(handle).catch(told('closed'))
    return updateCard(handle, card)
  },
})

const waits = ({ colour, buttons }: TokenCard): boolean => colour === 'orange' && buttons.length > 0

const told =
  (what: string) =>
  (error: unknown): undefined => {
    log.warn({ error: String(error) }, `a todo could not be ${what}`)
    return undefined
  }
