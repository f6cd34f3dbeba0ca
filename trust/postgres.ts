/** The PostgreSQL server that experiments may make databases on. */
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
