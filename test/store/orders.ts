/** An engagement that store tests begin with: two domains, two people, nothing said yet. */
import { randomUUID } from "node:crypto"
import type { Engagement } from "../../src/assessment/model.ts"
import type { AnswerChange, AnswerContent, ResponseScope, Store } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"

export const orders: Engagement = {
  format: "headwater-engagement/1",
  title: "Orders in motion",
  client: "Northwind Mills",
  questionnaire: { id: smallQuestionnaire.id, version: smallQuestionnaire.version, hash: smallQuestionnaire.hash },
  plan: { start: "2026-03-02", people: 5, daysPerWeek: 4, teams: 1, horizon: 4, platform: "managed" },
  domains: [
    { id: "orders", name: "Orders" },
    { id: "stock", name: "Stock", description: "What lies in which warehouse" },
  ],
  respondents: [
    { id: "mara", name: "Mara Lindqvist", role: "AD", email: "mara@example.com" },
    { id: "jonas", name: "Jonas Weber", role: "DPE", domains: ["orders", "stock"] },
  ],
  answers: [],
  inventories: [],
  decisions: [],
  overrides: [],
}

/** Adds the engagement under an id of its own; gives the scope of Mara's response. */
export const startOrders = async (store: Store, content: Partial<Engagement> = {}): Promise<ResponseScope> => {
  const engagement = randomUUID()
  await store.addEngagement({ engagement, by: program }, { ...orders, ...content }, smallQuestionnaire, 1_000)
  return { engagement, respondent: "mara", by: program }
}

export const answered = (value: number, comment?: string): AnswerContent => ({
  status: "answered",
  value,
  ...(comment === undefined ? {} : { comment }),
})

/** A change to `SRC-01` in Orders unless it says otherwise; its key is new each time. */
export const changeTo = (content: AnswerContent | undefined, rest: Partial<AnswerChange> = {}): AnswerChange => ({
  domain: "orders",
  question: "SRC-01",
  seen: 0,
  key: randomUUID(),
  content,
  ...rest,
})
