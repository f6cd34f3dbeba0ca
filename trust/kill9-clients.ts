/** Sixteen people who save until the server is gone, and go on with what they did not hear of when it is back. */
import { randomUUID } from "node:crypto"
import { type Answer, type Ask, autosave, form, openLink } from "./ask.ts"
import { between, type Chance, oneOf } from "./experiment.ts"
import { type Ledger, place, type Sent } from "./kill9-ledger.ts"

export interface Person {
  readonly id: string
  readonly token: string
  /** Opened over HTTP when first needed; sessions outlive the server. */
  cookie?: string
}

const domains = ["orders", "billing"]
const questions = ["SRC-01", "SRC-02", "SRC-03", "USE-01"]

/** Saves one answer after the other until the connection breaks. */
export const keepSaving = (person: Person, ask: Ask, ledger: Ledger, chance: Chance): Promise<void> =>
  untilGone(async () => {
    const cookie = (person.cookie ??= await openLink(ask, person.token))
    await saveAnswer(person.id, cookie, oneOf(chance, domains), oneOf(chance, questions), ask, ledger)
  })

/** Adds rows to a list that all share. */
export const keepListing = (person: Person, ask: Ask, ledger: Ledger): Promise<void> =>
  untilGone(async () => {
    const cookie = (person.cookie ??= await openLink(ask, person.token))
    const waiting = [...ledger.rows].find(([, row]) => !row.acknowledged && row.name.startsWith(`${person.id} `))
    const id = waiting?.[0] ?? randomUUID()
    const row = waiting?.[1] ?? { name: `${person.id} ${id}`, acknowledged: false }
    ledger.rows.set(id, row)
    const reply = await ask(`/respond/orders/tables/SRC-04/${id}`, form({ name: row.name, seen: "0" }, cookie))
    if (reply.status === 303) row.acknowledged = true
    else ledger.wrong.push(`row ${id}: ${reply.status}`)
  })

/** One person after the other answers once and submits. */
export const keepSubmitting = (people: Iterator<Person>, ask: Ask, ledger: Ledger, chance: Chance): Promise<void> =>
  untilGone(async () => {
    const person = people.next().value as Person | undefined
    if (person === undefined) return untilGoneFor(ask)
    const cookie = await openLink(ask, person.token)
    for (let count = between(chance, 1, 3); count > 0; count -= 1)
      await saveAnswer(person.id, cookie, "orders", oneOf(chance, questions), ask, ledger)
    const reply = await ask("/respond/submit", form({}, cookie))
    if (reply.status === 303) ledger.submitted.add(person.id)
    else ledger.wrong.push(`submission of ${person.id}: ${reply.status}`)
  })

const untilGoneFor = async (ask: Ask): Promise<void> => {
  await ask("/livez")
}

const untilGone = async (turn: () => Promise<void>): Promise<void> => {
  for (let turns = 0; turns < 100_000; turns += 1) {
    try {
      await turn()
    } catch {
      // The server was killed in the middle: what was asked for may have happened or not.
      return
    }
  }
}

const saveAnswer = async (
  respondent: string,
  cookie: string,
  domain: string,
  question: string,
  ask: Ask,
  ledger: Ledger,
): Promise<void> => {
  const at = place(respondent, domain, question)
  const sent = ledger.answers.get(at) ?? []
  ledger.answers.set(at, sent)
  const last = sent.at(-1)
  const change: Sent = last && last.acknowledged === undefined ? last : nextChange(last)
  if (change !== last) sent.push(change)
  const { key, text, seen } = change
  const fields = { [`${question}.comment`]: text, ...valueOf(question, seen) }
  hear(await ask(`/respond/${domain}/answers/${question}`, autosave({ seen, key, fields }, cookie)), change, ledger)
}

const nextChange = (last: Sent | undefined): Sent => {
  const key = randomUUID()
  return { key, text: `said with ${key}`, seen: last?.acknowledged ?? 0 }
}

/** Each can be read, or the response could not be submitted. */
const valueOf = (question: string, seen: number): Readonly<Record<string, string>> => {
  const values: Readonly<Record<string, readonly string[]>> = {
    "SRC-01": ["4", "2"],
    "SRC-02": ["0", "4"],
    "SRC-03": ["kafka", "flink"],
    "USE-01": ["3", "5"],
  }
  return { [question]: values[question]?.[seen % 2] ?? "" }
}

const hear = ({ status, text }: Answer, change: Sent, ledger: Ledger): void => {
  const reply = JSON.parse(text) as { outcome?: string; revision?: number }
  if (status === 200 && reply.outcome === "saved" && reply.revision !== undefined) change.acknowledged = reply.revision
  else ledger.wrong.push(`${change.key}: ${status} ${text.slice(0, 200)}`)
}
