import { reactive } from 'vue'

/**
 * The addresses of the links that were made while the app has been open, by their ids. They are made here and the server keeps only
 * their hashes, so nobody can show them again later.
 */
const addresses = reactive(new Map<string, string>())

export const addressOf = (id: string): string | undefined => addresses.get(id)

/** A new address that nobody can guess, and its token. */
export function newAddress(): { token: string; address: string } {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const token = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
  return { token, address: `${location.origin}/s/${token}` }
}

export const keepAddress = (id: string, address: string): void => void addresses.set(id, address)
