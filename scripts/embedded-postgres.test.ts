import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabase, runningDatabase } from './embedded-postgres.ts'

let dataDir: string
let lines: string[]

// One data folder for all: making it is the slow part, and each test leaves it stopped and whole.
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yidan-data-'))
  chmodSync(dataDir, 0o755)
})
beforeEach(() => (lines = []))
afterAll(() => rmSync(dataDir, { recursive: true }))

const open = () => openDatabase({ dataDir, log: (line) => lines.push(line) })
const postmasterPid = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows.flat()
}

/** Another process that opens the same data; answers once it has opened, or failed to. */
async function openElsewhere(): Promise<{ child: ChildProcess; said: string }> {
  const program = `
    import { openDatabase } from './scripts/embedded-postgres.ts'
    const database = await openDatabase({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => ({ url: error.message }))
    console.log(database.url)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said).trim() }
}

async function kill(child: ChildProcess) {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('the data is kept from one start to the next', async () => {
  const first = await open()
  await query(first.url, `create table words as select '一单' as word`)
  await first.stop()
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)

  expect(await runningDatabase(dataDir)).toBeUndefined()
  const second = await open()
  expect(await runningDatabase(dataDir), 'whoever only looks finds it').toBe(second.url)
  expect(await query(second.url, 'select word from words')).toEqual(['一单'])
  expect(await query(second.url, 'show server_encoding')).toEqual(['UTF8'])
  await second.stop()
})

test('a second start on the same data is told who holds it', async () => {
  const database = await open()
  const { child, said } = await openElsewhere()
  await kill(child)
  expect(said).toContain(`is in use by process ${process.pid}`)
  expect(await query(database.url, 'select 1')).toEqual([1])
  await database.stop()
})

test('after the start script was killed the next one takes over the server it left', async () => {
  const { child, said } = await openElsewhere()
  await query(said, 'create table kept ()')
  const pid = postmasterPid()
  await kill(child)

  const database = await open()
  expect(postmasterPid()).toBe(pid)
  await query(database.url, 'select * from kept')
  await database.stop()
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
})

test('after both were killed the next start recovers what was committed', async () => {
  const { child, said } = await openElsewhere()
  await query(said, 'create table numbers as select 7 as number')
  const pid = postmasterPid()
  await kill(child)
  process.kill(pid, 'SIGKILL')

  const database = await open()
  expect(await query(database.url, 'select number from numbers')).toEqual([7])
  await database.stop()
})

test('a process id that now belongs to another program is no obstacle', async () => {
  await (await open()).stop()
  writeFileSync(
    join(dataDir, 'postgres/postmaster.pid'),
    `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n0\nready\n`,
  )
  const database = await open()
  expect(await query(database.url, 'select 1')).toEqual([1])
  await database.stop()
})

test('a server that dies while it is used is started again at the same address', async () => {
  const database = await open()
  const recovered = new Promise<void>((resolve) => {
    const push = lines.push.bind(lines)
    lines.push = (line) => (line === 'PostgreSQL answers again.' && resolve(), push(line))
  })
  process.kill(postmasterPid(), 'SIGKILL')
  await recovered
  expect(await query(database.url, 'select 1')).toEqual([1])
  await database.stop()
})

test('a server that cannot start shows the end of its log', async () => {
  await (await open()).stop()
  const configuration = join(dataDir, 'postgres/postgresql.conf')
  const right = readFileSync(configuration, 'utf8')
  writeFileSync(configuration, 'no_such_setting = 1\n')
  await expect(open()).rejects.toThrow(/server\.log:\n.*no_such_setting/s)
  writeFileSync(configuration, right)
})

test.runIf(process.getuid?.() === 0)(
  'as root, data in a closed folder is kept where the server may go, and the start says where',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'yidan-closed-'))
    const openThere = () => openDatabase({ dataDir: closed, log: (line) => lines.push(line) })
    const database = await openThere()
    const home = dirname(readlinkSync(join(closed, 'postgres')))
    expect(lines.join('\n')).toContain(home)
    await query(database.url, 'create table kept ()')
    await database.stop()

    const again = await openThere()
    await query(again.url, 'select * from kept')
    await again.stop()
    for (const folder of [closed, home]) rmSync(folder, { recursive: true })
  },
)

test('a DATABASE_URL that does not answer is named, without its password', async () => {
  const opening = openDatabase({ url: 'postgresql://me:secret@127.0.0.1:1/none' })
  await expect(opening).rejects.toThrow(
    /DATABASE_URL \(postgresql:\/\/me@127\.0\.0\.1:1\/none\) cannot be used: .*ECONNREFUSED/,
  )
})
