import type { Answer, Engagement } from "../assessment/model.ts"
import { answerText, decisionText, millisecondsOf, overrideText, statusOf } from "./content.ts"
import { personColumns } from "./people.ts"
import { addRows } from "./rows/inventories.ts"
import { insertMany } from "./statement.ts"
import type { Db, EngagementTable } from "./tables.ts"

/** Adds an engagement with everything in it. Run it in one transaction. */
export const addContents = async (
  db: Db,
  id: string,
  file: Engagement,
  questionnaireHash: string,
  terms: Pick<EngagementTable, "confidentiality" | "closes_at" | "archived_at" | "remind_on">,
  now: number,
): Promise<void> => {
  const { title, client } = file
  const head = { id, title, client, plan: JSON.stringify(file.plan), questionnaire_hash: questionnaireHash, ...terms }
  await db
    .insertInto("engagement")
    .values({ ...head, revision: 1, created_at: now, changed_at: now })
    .execute()
  await addPeople(db, id, file)
  await addAnswers(db, id, file)
  await addInventories(db, id, file, now)
  await addDecisions(db, id, file)
}

const addPeople = async (db: Db, engagement: string, { domains, respondents }: Engagement): Promise<void> => {
  const domainRows = domains.map(({ id, name, description }, index) => ({
    engagement,
    id,
    name,
    description: description ?? null,
    position: index + 1,
  }))
  await insertMany(db, "domain", domainRows)
  const people = respondents.map((person, index) => ({
    engagement,
    id: person.id,
    ...personColumns(person),
    position: index + 1,
    submitted_at: null,
  }))
  await insertMany(db, "respondent", people)
}

const addAnswers = async (db: Db, engagement: string, { answers }: Engagement): Promise<void> => {
  const columns = (answer: Answer) => ({
    engagement,
    respondent: answer.respondent,
    domain: answer.domain,
    question: answer.question,
    revision: 1,
    status: statusOf(answer),
    content: answerText(answer),
    saved_at: millisecondsOf(answer.time),
  })
  await insertMany(db, "answer", answers.map(columns))
  const revisions = answers.map((answer) => Object.assign(columns(answer), { key: null }))
  await insertMany(db, "answer_revision", revisions)
}

const addInventories = async (db: Db, engagement: string, { inventories }: Engagement, now: number): Promise<void> => {
  const rows = inventories.map(({ domain, question, evidence, rows }) => ({
    engagement,
    domain,
    question,
    evidence: evidence ?? null,
    stated_none: rows.length === 0 ? 1 : 0,
    revision: 1,
  }))
  await insertMany(db, "inventory", rows)
  for (const { domain, question, rows } of inventories)
    await addRows(db, { engagement, domain, question }, undefined, rows, 1, now)
}

const addDecisions = async (db: Db, engagement: string, { decisions, overrides }: Engagement): Promise<void> => {
  const decided = decisions.map((decision) => ({
    engagement,
    domain: decision.domain,
    question: decision.question,
    content: decisionText(decision),
    decided_at: millisecondsOf(decision.time),
  }))
  await insertMany(db, "decision", decided)
  const overridden = overrides.map((override, index) => ({
    engagement,
    initiative: override.initiative,
    scope: override.domain ?? "",
    domain: override.domain ?? null,
    action: override.action,
    content: overrideText(override),
    position: index + 1,
  }))
  await insertMany(db, "override_", overridden)
}
