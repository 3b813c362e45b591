import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const bytesOfKey = 16
/** Chance for many keys is drawn at a time: drawing it costs more than all the rest of a key. */
const chance = new Uint8Array(256 * bytesOfKey)
let drawn = chance.length

function draw(): Uint8Array {
  if (drawn === chance.length) {
    randomFillSync(chance)
    drawn = 0
  }
  drawn += bytesOfKey
  return chance.subarray(drawn - bytesOfKey, drawn)
}

/** Within a millisecond keys count on; a clock that is put back moves none of them. */
let last = { msecs: 0, seq: 0 }
const seqMax = 2 ** 32 - 1

/** A new key: UUID v7, so that keys made later sort later. */
export function newId(): string {
  const random = draw()
  const now = Date.now()
  if (now > last.msecs) last = { msecs: now, seq: (random[0]! << 16) | (random[1]! << 8) | random[2]! }
  else if (last.seq < seqMax) last.seq++
  else last = { msecs: last.msecs + 1, seq: 0 }
  return v7({ ...last, random })
}

/** No key made from this moment on is smaller: keys are also the order of time. */
export const keysFrom = (at: Date): string => v7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(bytesOfKey) })
