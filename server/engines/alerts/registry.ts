import { Refusal } from '#contract'
import { type Caller, has } from '#kernel/caller'
import type { AlertEvent } from './contract.ts'

/** An event with the right that whoever is told of it needs. */
export type RegisteredEvent = AlertEvent & { right: string }
const events = new Map<string, RegisteredEvent>()

/** Makes something one can be told of; the module that knows of it does so when it is loaded. Who tells of it is above. */
export const registerAlertEvent = (event: RegisteredEvent): void => void events.set(event.event, event)

export function alertEvent(name: string): RegisteredEvent {
  const event = events.get(name)
  if (!event) throw new Refusal('alert_unknown')
  return event
}

/** What this caller can be told of. */
export const eventsFor = (caller: Caller): AlertEvent[] =>
  [...events.values()]
    .filter(({ right }) => has(caller, right))
    .map(({ event, label, of, needs }) => ({ event, label, of, needs }))
