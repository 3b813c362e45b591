import { randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../scripts/migrate.ts'
import { openThrowAwayServer } from '../../scripts/throw-away-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A database that may make and drop others, and the migrated one that each test file gets a copy of. */
    testServer: { url: string; template: string }
  }
}

/** Once a run: a server of our own, or the one in DATABASE_URL, with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('../../scripts/generate.mjs', import.meta.url))])
  const { url, stop } = await openServer()
  const template = `yidan_template_${randomBytes(4).toString('hex')}`
  const close = async () => {
    await administer(url, `drop database if exists ${template} with (force)`)
    await stop()
  }
  try {
    await administer(url, `create database ${template}`)
    await migrate(onDatabase(url, template))
  } catch (error) {
    await close()
    throw error
  }
  project.provide('testServer', { url, template })
  return close
}

async function openServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} }
  const server = await openThrowAwayServer(console.log)
  return { url: server.url('postgres'), stop: server.stop }
}

/** Runs one statement that cannot run in a transaction. */
export async function administer(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}
