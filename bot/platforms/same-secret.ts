import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same, in the same time whatever they are and however long. */
export const sameSecret = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
