import { amongPeople, changeAmongPeople, engagementFrame, type EngagementVisit } from "./engagement.ts"
import { decodeText } from "./csv.ts"
import { typed } from "./forms.ts"
import { mostRows, type PastedList, peopleOf, readPeople } from "./people-reading.ts"
import { backToPeople } from "./person.ts"
import { page, redirect, type Reply } from "./respond.ts"
import { isSeen, versionOf } from "./versions.ts"
import { count } from "./words.ts"

const longestList = 1_000_000

/** The form for a list of people. */
export const askForList = amongPeople((visit) => pastePage(visit, "", undefined, undefined))

/** Shows what a list holds and what is wrong with it; adds the people only when it is right, or its bad rows are left out on purpose. */
export const readList = changeAmongPeople(async (visit, { store }) => {
  const text = listText(visit)
  const problem = problemWith(visit, text)
  if (problem !== undefined) return pastePage(visit, text, undefined, problem)
  const list = readPeople(text, visit.stored.engagement, visit.stored.questionnaire)
  const empty = emptyProblem(list)
  if (empty !== undefined) return pastePage(visit, text, undefined, empty)
  if (!isWanted(visit, list)) return pastePage(visit, text, list, undefined)
  const people = peopleOf(list.rows, visit.stored.engagement)
  if (!(await store.addRespondents(visit.engagementScope, people, visit.now))) return "again"
  return redirect(`${visit.home}/people?done=people-added&number=${people.length}`)
})

/** What was pasted, or the file when one was chosen. */
const listText = ({ form, files }: EngagementVisit): string => {
  const file = files.find(({ field, bytes }) => field === "file" && bytes.length > 0)
  return file === undefined ? typed(form["list"]) : file.bytes.length > longestList ? "" : decodeText(file.bytes)
}

const problemWith = ({ files }: EngagementVisit, text: string): string | undefined => {
  if (text.length > longestList || files.some(({ bytes }) => bytes.length > longestList)) {
    return "Give a list of at most 1 MB; send a longer one in parts"
  }
  if (text.includes("\0")) return "Give a list as text: a CSV file, or rows copied from a spreadsheet"
  return text.trim() === "" ? "Paste a list, or choose a CSV file" : undefined
}

const emptyProblem = ({ rows }: PastedList): string | undefined => {
  if (rows.length === 0) return "Give at least one row below the heads"
  return rows.length > mostRows ? `Give at most ${mostRows} rows at once; send a longer list in parts` : undefined
}

/** The button says so, and the rows that are left out are those that the page showed. */
const isWanted = (visit: EngagementVisit, list: PastedList): boolean => {
  const { action } = visit.form
  const bad = badRows(list)
  if (bad.length === list.rows.length) return false
  return bad.length === 0 ? action === "add" : action === "add-others" && isSeen(visit, bad)
}

const badRows = ({ rows }: PastedList): readonly unknown[] => rows.filter(({ person }) => person === undefined)

const pastePage = (visit: EngagementVisit, text: string, list: PastedList | undefined, problem: string | undefined): Reply => {
  const { engagement, questionnaire } = visit.stored
  const bad = list === undefined ? [] : list.rows.filter(({ person }) => person === undefined)
  const good = (list?.rows.length ?? 0) - bad.length
  const problems = problem === undefined ? [] : [{ target: "list", message: problem }]
  return page(
    "people/paste",
    engagementFrame(visit, "people", list === undefined ? "Add a list" : "Check the list", {
      width: list === undefined ? "form" : "wide",
      problems,
      back: backToPeople(visit),
    }),
    {
      people: `${visit.home}/people`,
      list: {
        id: "list",
        name: "list",
        label: list === undefined ? "The list" : "Correct the list here",
        hint: "Name, e-mail, role and domains; one person on each line",
        rows: list === undefined ? 8 : 6,
        value: text,
        error: problem,
      },
      roles: questionnaire.roles.map(({ id, name }) => `${name} (${id})`),
      domains: engagement.domains.map(({ name }) => name).join(", "),
      preview: list && {
        rows: list.rows,
        unused: list.unused.join(", "),
        good,
        bad: bad.length,
        summary:
          bad.length === 0
            ? `${count(good, "person is", "people are")} ready to be added.`
            : `${count(bad.length, "row needs", "rows need")} your attention, ${count(good, "is", "are")} right. Nothing is added yet.`,
        seen: versionOf(bad),
        add: `Add ${count(good, "person", "people")}`,
        others: `Leave ${count(bad.length, "row")} out and add ${count(good, "person", "people")}`,
      },
    },
    { status: problems.length > 0 || bad.length > 0 ? 422 : 200 },
  )
}
