/** Where a message came from. DingTalk answers to a chat, never to a message. */
export type Chat = { kind: 'person' | 'group'; id: string }

/** What stands for a message outside: its own id, and the chat that is answered to. */
export const messageIdOf = (messageId: string, { kind, id }: Chat): string => [messageId, kind, id].join('|')

export function chatOf(messageId: string): Chat {
  const [, kind, id] = messageId.split('|')
  if ((kind !== 'person' && kind !== 'group') || !id) throw new Error(`not a message of DingTalk: ${messageId}`)
  return { kind, id }
}
