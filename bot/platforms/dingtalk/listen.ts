import type { DWClientDownStream } from 'dingtalk-stream'
import { log } from '#kernel/log'
import type { HangUp } from '../alone.ts'
import { keepConnected } from '../keep-connected.ts'
import type { NotedLine } from '../line.ts'
import type { Inbound, PressAnswer, Receive } from '../platform.ts'
import { answerJson } from './answer.ts'
import { readDingTalkPerson } from './directory.ts'
import type { DingTalkHttp } from './http.ts'
import type { DingTalkSettings } from './settings.ts'
import { openStream, type Watch } from './stream.ts'
import { type Said, saidBy } from './wire.ts'

/** Receives over DingTalk's stream; the connection itself is what authenticates. */
export const listenToDingTalk = (
  settings: DingTalkSettings,
  http: DingTalkHttp,
  receive: Receive,
  { line, watch }: { line?: NotedLine; watch?: Watch } = {},
): Promise<HangUp> =>
  keepConnected(
    'dingtalk',
    () => openStream(settings, http, (frame) => taken(settings, http, receive, frame), watch),
    line,
  )

/** Takes a frame in, and answers with what it is acknowledged. Nothing is acknowledged before it is stored. */
async function taken(
  settings: DingTalkSettings,
  http: DingTalkHttp,
  receive: Receive,
  frame: DWClientDownStream,
): Promise<unknown> {
  let answer: PressAnswer | undefined
  for (const said of saidBy(frame, settings, Date.now())) {
    if (said.kind === 'unknown') log.warn({ type: said.type }, 'a frame of DingTalk was left alone')
    answer = await receive(await inboundOf(said, settings, http))
  }
  if (frame.type === 'EVENT') return { status: 'SUCCESS' }
  return answer ? answerJson(answer, settings.appUrl) : null
}

/** An event names people and no more: how they are now is asked. Who is not there by then has left. */
async function inboundOf(said: Said, settings: DingTalkSettings, http: DingTalkHttp): Promise<Inbound> {
  if (said.kind !== 'changed') return said
  const { eventKey, userId } = said
  const person = await readDingTalkPerson(http, settings, userId)
  return person ? { kind: 'person', eventKey, person } : { kind: 'left', eventKey, stableId: userId }
}
