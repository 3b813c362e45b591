import { v7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { clearAway } from './clear-away.ts'

const now = new Date('2026-11-22T03:40:00+08:00')
const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000)

type Changes = { state?: string; isAsking?: boolean; dueAt?: Date }

/** A card that was written so many days ago, with a button. */
async function aMessage(days: number, { state = 'final', isAsking = false, dueAt }: Changes = {}): Promise<string> {
  const at = ago(days)
  const id = v7({ msecs: at.getTime() })
  const columns = { state, isAsking, dueAt: state === 'pending' ? now : dueAt, handle: { messageId: id } }
  const card = { kind: 'card', title: '审批', content: {}, wanted: 'w', subject: 'approval', subjectId: newId() }
  const whose = { platform: 'feishu', appId: 'cli', openId: 'ou', sendKey: id }
  const buttons = { create: { token: id, name: 'approve', act: 'vote', args: {} } }
  await db.outboxMessage.create({ data: { id, ...whose, ...card, ...columns, writtenAt: at, updatedAt: at, buttons } })
  return id
}

async function anInbound(days: number, isHandled = true): Promise<string> {
  const eventKey = newId()
  const receivedAt = ago(days)
  const handledAt = isHandled ? receivedAt : null
  const data = { platform: 'feishu', appId: 'cli', eventKey, kind: 'message', body: {}, receivedAt, handledAt }
  await db.inboxMessage.create({ data })
  return eventKey
}

const clear = () => clearAway(systemCaller(now))
const messages = async () => (await db.outboxMessage.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)

beforeEach(async () => {
  await db.cardButton.deleteMany()
  await db.outboxMessage.deleteMany()
  await db.inboxMessage.deleteMany()
})

test('what came in is forgotten a month after it was dealt with, and never before', async () => {
  const kept = [await anInbound(29), await anInbound(400, false)]
  await anInbound(31)
  await clear()
  const left = await db.inboxMessage.findMany({ select: { eventKey: true } })
  expect(left.map(({ eventKey }) => eventKey).toSorted()).toEqual(kept.toSorted())
})

test('what went out is forgotten after three months, with its buttons; a card that still asks after a year', async () => {
  const isAsking = true
  for (const state of ['final', 'closed', 'merged', 'sent']) await aMessage(91, { state })
  await aMessage(366, { state: 'sent', isAsking })
  const kept = [await aMessage(364, { state: 'sent', isAsking }), await aMessage(89)]
  await clear()
  expect(await messages()).toEqual(kept)
  expect(await db.cardButton.count()).toBe(kept.length)
})

test('what is still to be sent or redrawn stays, and what was given up, however old', async () => {
  const kept = [
    await aMessage(900, { state: 'failed' }),
    await aMessage(800, { state: 'pending' }),
    await aMessage(700, { state: 'sent', dueAt: now }),
  ]
  await clear()
  expect(await messages()).toEqual(kept)
})

test('more than a batch is cleared away in one night', async () => {
  const at = ago(100)
  const rows = Array.from({ length: 1200 }, () => ({ id: v7({ msecs: at.getTime() }), at }))
  const common = { platform: 'feishu', appId: 'cli', openId: 'ou', kind: 'text', title: '', content: {}, wanted: 'w' }
  const about = { subject: 'answer', subjectId: 'x', state: 'final', handle: {}, writtenAt: at, updatedAt: at }
  await db.outboxMessage.createMany({ data: rows.map(({ id }) => ({ id, sendKey: id, ...common, ...about })) })
  const heard = rows.map(({ id }) => ({ eventKey: id, receivedAt: at, handledAt: at }))
  const inbound = { platform: 'feishu', appId: 'cli', kind: 'message', body: {} }
  await db.inboxMessage.createMany({ data: heard.map((row) => ({ ...inbound, ...row })) })
  await clear()
  expect([await db.outboxMessage.count(), await db.inboxMessage.count()]).toEqual([0, 0])
})
