import { z } from "zod"
import { mondayAfter } from "../assessment/calendar.ts"
import { parseEngagement, writeEngagementFile } from "../assessment/engagement.ts"
import { engagementFormat, usualPlan } from "../assessment/engagement-schema.ts"
import type { Engagement } from "../assessment/model.ts"
import { fittingPart } from "../assessment/testimony.ts"
import { textUpTo } from "../assessment/text.ts"
import { withProof } from "./accounts/proof.ts"
import { amongPeople, engagementFrame, homeOf, inEngagement, withDone } from "./engagement.ts"
import { errorOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { Frame, PageProblem } from "./pages.ts"
import { withoutNames, wordsWithoutNames } from "./pseudonyms.ts"
import { page, redirect, type Reply } from "./respond.ts"
import type { AccountVisit, Dependencies, Fields, Handler } from "./visit.ts"
import { count } from "./words.ts"

/** The frame of a page outside any engagement. */
export const listFrame = (title: string, more: Partial<Frame> = {}): Frame => ({ title: [title], area: "consultant", ...more })

const newEngagement = z.strictObject({
  title: named("a title, for example Streaming readiness 2027"),
  client: named("the client's name"),
  domains: named("at least one domain, one on each line", 5000),
})

function named(what: string, limit = 200) {
  return z
    .string({ error: `Enter ${what}` })
    .pipe(textUpTo(limit))
    .refine((text) => text !== "", { error: `Enter ${what}` })
}

/** The form for a new engagement, and the one for a file. */
export const askForEngagement: Handler = () => newEngagementPage({}, [])

/** Starts an empty engagement on the shipped questionnaire, which is frozen into it. */
export const addEngagement: Handler<AccountVisit> = async (visit, on) => {
  const { value, problems } = readFields(newEngagement, visit.form)
  if (problems !== undefined) return newEngagementPage(visit.form, problems)
  const names = [...new Set(value.domains.split("\n").map((line) => line.trim()))].filter((line) => line !== "")
  const tooLong = names.find((name) => name.length > 200)
  if (tooLong !== undefined) {
    return newEngagementPage(visit.form, [{ target: "domains", message: "Shorten the name of each domain to 200 characters" }])
  }
  const ids: string[] = []
  for (const name of names) ids.push(idFrom(name, ids, "domain"))
  const { questionnaire } = on
  const engagement: Engagement = {
    format: engagementFormat,
    title: value.title,
    client: value.client,
    questionnaire: { id: questionnaire.id, version: questionnaire.version, hash: questionnaire.hash },
    plan: { start: mondayAfter(visit.today), ...usualPlan },
    domains: names.map((name, index) => ({ id: ids[index] ?? name, name })),
    respondents: [],
    answers: [],
    inventories: [],
    decisions: [],
    overrides: [],
  }
  return keep(engagement, "created", visit, on)
}

/** Imports an engagement file; a file with problems changes nothing and every problem is listed. */
export const importEngagement: Handler<AccountVisit> = async (visit, on) => {
  const file = visit.files.find(({ field }) => field === "file")
  if (file === undefined || file.bytes.length === 0) {
    return newEngagementPage({}, [{ target: "file", message: "Choose an engagement file, a .json file that Headwater exported" }])
  }
  const text = jsonIn(file.bytes)
  if (text === undefined) {
    const message = `${file.name} is no engagement file. Choose a .json file that Headwater exported`
    return newEngagementPage({}, [{ target: "file", message }])
  }
  const reading = parseEngagement(text, on.questionnaire, visit.today)
  if (reading.engagement === undefined) {
    const shown = reading.problems.slice(0, 100)
    return page(
      "engagements/import-problems",
      listFrame("This file cannot be imported yet", { back: { href: "/engagements/new", text: "Back to the forms" } }),
      { file: file.name, notices: reading.notices, problems: shown, more: reading.problems.length - shown.length },
      { status: 422 },
    )
  }
  return keep(reading.engagement, reading.notices.length === 0 ? "imported" : "imported-from-other", visit, on)
}

/** The text of a file that could be JSON; a PDF, a spreadsheet or a picture is told apart without listing its faults. */
const jsonIn = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return /^\s*[{[]/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

/**
 * The engagement as a file, without names where respondents were promised that only their role is seen; what its questionnaire no longer
 * takes stays in the store, or the file could not be read again.
 */
export const exportEngagement = withProof(
  amongPeople(async ({ stored, ...visit }, { store }) => {
    const { id, questionnaire, terms } = stored
    // On a page the consultants' own words stay as they wrote them; a file goes out of the house.
    const { engagement } = terms.confidentiality === "role" ? wordsWithoutNames(withoutNames(stored), stored) : stored
    const detail = { names: terms.confidentiality === "named" }
    await store.noteAudit(visit.by, { action: "engagement.exported", engagement: id, detail }, visit.now)
    return {
      reply: "file",
      bytes: new TextEncoder().encode(writeEngagementFile(fittingPart(questionnaire, engagement))),
      type: "application/json; charset=utf-8",
      name: `${engagement.title}.json`,
    }
  }),
)

/** Says what is erased, what stays and why, before an engagement is. */
export const askToRemove = withProof(inEngagement((visit) => removalPage(visit, [])))

/** Erases an engagement for good once its title was typed, an archived one too. */
export const removeEngagement = withProof(
  inEngagement(
    async (visit, { store }) => {
      if (typed(visit.form["title"]).trim() !== visit.stored.engagement.title) {
        return removalPage(visit, [{ target: "title", message: `Type the title exactly: ${visit.stored.engagement.title}` }])
      }
      await store.removeEngagement(visit.engagementScope, visit.now)
      return redirect("/")
    },
    { whileArchived: true },
  ),
)

const keep = async (
  engagement: Engagement,
  done: "created" | "imported" | "imported-from-other",
  visit: AccountVisit,
  { store, questionnaire, newId }: Dependencies,
): Promise<Reply> => {
  const id = newId()
  await store.addEngagement({ engagement: id, by: visit.by }, engagement, questionnaire, visit.now)
  return redirect(withDone(homeOf(id), done))
}

const newEngagementPage = (form: Fields, problems: readonly PageProblem[]): Reply => {
  const field = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
  })
  return page(
    "engagements/new",
    listFrame("New engagement", { width: "form", problems, back: { href: "/", text: "Engagements" } }),
    {
      title: { ...field("title", "Title"), hint: "As it will stand on the report's cover" },
      client: { ...field("client", "Client"), autocomplete: "organization" },
      domains: {
        ...field("domains", "Business domains"),
        hint: "One on each line, for example Payments. Each is placed on the matrix by itself; you can change them later",
        rows: 5,
      },
      fileError: errorOf(problems, "file"),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const removalPage = (visit: Parameters<Parameters<typeof inEngagement>[0]>[0], problems: readonly PageProblem[]): Reply =>
  page(
    "engagements/remove",
    engagementFrame(visit, "overview", "Erase the engagement", {
      width: "form",
      problems,
      back: { href: `${visit.home}/settings`, text: "Settings" },
    }),
    {
      engagement: visit.stored.engagement,
      people: count(visit.stored.engagement.respondents.length, "person", "people"),
      answers: count(visit.stored.engagement.answers.length, "answer"),
      home: visit.home,
      field: {
        id: "title",
        name: "title",
        label: "Type the title to confirm",
        value: typed(visit.form["title"]),
        error: errorOf(problems, "title"),
      },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
