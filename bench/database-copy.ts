import pg from 'pg'

/** The company is as it was afterwards: what is written is written into a copy of its database. */
export async function onCopy(url: string, work: (url: string) => Promise<void>): Promise<void> {
  const copied = new URL(url)
  const { pathname } = copied
  copied.pathname = '/copy'
  const elsewhere = new URL(url)
  elsewhere.pathname = '/postgres'
  const server = new pg.Client({ connectionString: elsewhere.href })
  await server.connect()
  try {
    await server.query(`create database copy template ${pg.escapeIdentifier(pathname.slice(1))}`)
    await work(copied.href)
    await server.query('drop database copy')
  } finally {
    await server.end()
  }
}
