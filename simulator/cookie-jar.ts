/**
 * The cookies of one phone. The phone frame is a third party on the simulator's page, whose cookies browsers may drop,
 * so they are kept here, as a phone keeps those of its web view.
 */
export class CookieJar {
  #cookies = new Map<string, string>()

  /** Takes the Set-Cookie lines of an answer. */
  take(lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const [name = '', ...value] = pair.split('=')
      if (attributes.some(isOver)) this.#cookies.delete(name)
      else this.#cookies.set(name, value.join('='))
    }
  }

  /** The Cookie line of a request, or nothing. */
  line(): string | undefined {
    if (this.#cookies.size === 0) return undefined
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

function isOver(attribute: string): boolean {
  const [name = '', value = ''] = attribute.split('=')
  if (name.toLowerCase() === 'max-age') return Number(value) <= 0
  return name.toLowerCase() === 'expires' && Date.parse(value) <= Date.now()
}
