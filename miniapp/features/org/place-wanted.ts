import { onDevice } from '../../on-device.ts'

/** Where somebody wanted to go before he had to sign in; only a path of our own is followed. */
export const wanted = (to: unknown): string => (typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/')

const place = 'yidan.wanted'

/** Keeps it over the way to the platform and back. */
export const placeWanted = {
  keep: (to: string): void => onDevice(() => sessionStorage.setItem(place, to)),
  take: (): string => {
    const kept = wanted(onDevice(() => sessionStorage.getItem(place)))
    onDevice(() => sessionStorage.removeItem(place))
    return kept
  },
}
