import Koa from 'koa'
import request from 'supertest'
import { expect, test } from 'vitest'
import { answerWithin } from './in-time.ts'
import { problems } from './problem.ts'

test('whoever would wait too long is told to ask again, and what was begun goes on to its end', async () => {
  let end!: () => void
  const held = new Promise<void>((resolve) => (end = resolve))
  let ended = false
  const app = new Koa().use(problems).use(answerWithin(20))
  app.use(async (ctx) => {
    if (ctx.path !== '/api/proof') await held
    ended = true
    ctx.body = { done: true }
  })
  const server = app.callback()

  const answer = await request(server).post('/api/orders')
  expect([answer.status, answer.body.code]).toEqual([503, 'busy'])
  expect(ended).toBe(false)
  end()
  await held
  expect(ended).toBe(true)
  expect((await request(server).post('/api/orders')).body).toEqual({ done: true })
})
