import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { config } from '#kernel/config'

const algorithm = 'aes-256-gcm'

/** The key that seals, and the one before it, which still opens what has not been sealed anew. */
export type Keys = { now: Buffer | undefined; before: Buffer | undefined }

const keyOf = (text: string | undefined): Buffer | undefined => (text ? Buffer.from(text, 'base64') : undefined)
export const keys: Keys = { now: keyOf(config.SECRET_KEY), before: keyOf(config.SECRET_KEY_BEFORE) }

/** Which key sealed something, without telling the key. */
const nameOf = (key: Buffer): string => createHash('sha256').update('name').update(key).digest('hex').slice(0, 8)

/** Sealed text opens only with its key and in its place: `place` says which secret of which app it is. */
export function seal(key: Buffer, plain: string, place: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [nameOf(key), ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.')
}

/** Undefined when neither key opens it, or when it is not what was sealed in this place. */
export function unseal({ now, before }: Keys, sealed: string, place: string): string | undefined {
  const [name, iv, tag, text] = sealed.split('.')
  const key = [now, before].find((one) => one && nameOf(one) === name)
  if (!key || !iv || !tag || text === undefined) return undefined
  try {
    const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag, 'base64url'))
    return decipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined // Tampered with, or moved from another place.
  }
}

/** Whether it was sealed by the key of now. */
export const isSealedBy = (key: Buffer, sealed: string): boolean => sealed.startsWith(`${nameOf(key)}.`)
