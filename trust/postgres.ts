/** The PostgreSQL server that experiments may make databases on. */
import { randomUUID } from "node:crypto"
import { Client } from "pg"

const usual = "postgres://postgres@127.0.0.1:5432/postgres"

/** The address of a server that answers: the one of the environment, or the usual one of this machine. */
export const reachablePostgres = async (): Promise<string | undefined> => {
  const url = process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"] ?? usual
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return url
  } catch {
    return undefined
  }
}

/** A database of its own on the server, to be dropped afterwards. */
export const temporaryDatabase = async (
  server: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> => {
  const name = `headwater_trust_${randomUUID().replaceAll("-", "")}`
  const run = async (command: string): Promise<void> => {
    const client = new Client({ connectionString: server })
    await client.connect()
    await client.query(command)
    await client.end()
  }
  await run(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) }
}
