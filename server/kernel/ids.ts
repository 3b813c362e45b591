import { v7 } from 'uuid'

/** A new key: UUID v7, so that keys made later sort later. */
export const newId = (): string => v7()

/** No key made from this moment on is smaller: keys are also the order of time. */
export const keysFrom = (at: Date): string => v7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(16) })
