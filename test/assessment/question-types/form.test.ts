import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { typedFields } from "../../../src/assessment/question-types/form.ts"
import { questionType } from "../../../src/assessment/question-types/register.ts"
import { miniQuestion } from "../../fixtures/questions.ts"
import { miniQuestionnaire } from "../../fixtures/mini/mini-questionnaire.ts"

const single = miniQuestion("CLN-01", "single")
const number = miniQuestion("DQC-04", "number")
const read = (fields: Readonly<Record<string, unknown>>) => questionType(single).readForm(single, fields)
const problem = (field: string, message: string) => ({ problems: [{ field, message }], empty: false })

describe("the alternatives to an answer", () => {
  test("come as a status", () => {
    expect(read({ "CLN-01.status": "dont-know" })).toEqual({ content: { status: "dont-know" }, problems: [], empty: false })
  })

  test("come as the value of a radio group", () => {
    expect(read({ "CLN-01": "dont-know" }).content).toEqual({ status: "dont-know" })
  })

  test("come beside an empty text field of the same name", () => {
    expect(questionType(number).readForm(number, { "DQC-04": ["", "dont-know"] }).content).toEqual({ status: "dont-know" })
  })

  test("not applicable keeps its reason", () => {
    expect(read({ "CLN-01": "not-applicable", "CLN-01.reason": " No data of our own " }).content).toEqual({
      status: "not-applicable",
      reason: "No data of our own",
    })
  })

  test("not applicable needs a reason", () => {
    expect(read({ "CLN-01": "not-applicable", "CLN-01.reason": "  " })).toEqual(
      problem("CLN-01.reason", "Enter why the question is not applicable"),
    )
  })

  test("exclude each other", () => {
    expect(read({ "CLN-01": "dont-know", "CLN-01.status": "not-applicable" })).toEqual(
      problem("CLN-01", `Select "I don't know" or "Not applicable", not both`),
    )
  })

  test("exclude an answer", () => {
    expect(read({ "CLN-01": "2", "CLN-01.status": "dont-know" })).toEqual(
      problem("CLN-01", `Give an answer or select "I don't know", not both`),
    )
  })

  test("an unknown status is refused", () => {
    expect(read({ "CLN-01.status": "maybe" })).toEqual(
      problem("CLN-01.status", `Select "I don't know", "Not applicable" or an answer`),
    )
  })

  test("a reason left from an earlier choice does not disturb an answer", () => {
    expect(read({ "CLN-01": "2", "CLN-01.status": "answered", "CLN-01.reason": "old" }).content).toEqual({
      status: "answered",
      value: 2,
    })
  })
})

describe("comment and evidence", () => {
  test("go with the answer", () => {
    expect(read({ "CLN-01": "1", "CLN-01.comment": "In the marts,\r\nmostly", "CLN-01.evidence": "document" }).content).toEqual({
      status: "answered",
      value: 1,
      comment: "In the marts,\nmostly",
      evidence: "document",
    })
  })

  test("a comment alone asks for an answer", () => {
    expect(read({ "CLN-01.comment": "Hm" })).toEqual(
      problem("CLN-01", `Give an answer to go with your comment, or select "I don't know"`),
    )
  })

  test("a kind of evidence alone is nothing", () => {
    expect(read({ "CLN-01.evidence": "claim" })).toEqual({ problems: [], empty: true })
  })

  test("an unknown kind of evidence is refused", () => {
    expect(read({ "CLN-01": "1", "CLN-01.evidence": "rumour" })).toEqual(
      problem("CLN-01.evidence", "Select the kind of evidence: claim, document, observed, measured"),
    )
  })

  test("a hundred thousand characters are too many", () => {
    expect(read({ "CLN-01": "1", "CLN-01.comment": "x".repeat(100_000) })).toEqual(
      problem("CLN-01.comment", "Shorten the text to 10,000 characters or fewer; it has 100,000"),
    )
  })

  test("NUL and half characters are named with their place", () => {
    expect(read({ "CLN-01": "1", "CLN-01.comment": "ab\u0000c" }).problems[0]?.message).toBe(
      "Remove the NUL character at position 3: it cannot be stored",
    )
    expect(read({ "CLN-01": "1", "CLN-01.comment": "😀\uD83D" }).problems[0]?.message).toBe(
      "Remove or retype the broken character at position 3: half of it is missing",
    )
  })

  test("two comments are one too many", () => {
    expect(read({ "CLN-01": "1", "CLN-01.comment": ["a", "b"] })).toEqual(
      problem("CLN-01.comment", "Enter one comment: 2 were sent"),
    )
  })
})

test("a blank form is empty", () => {
  expect(read({})).toEqual({ problems: [], empty: true })
  expect(read({ "CLN-01": "", "CLN-01.comment": " " })).toEqual({ problems: [], empty: true })
})

test("what is typed is kept for a draft, field by field, for this question only", () => {
  const fields = { "DQC-04": ["", "soon"], "DQC-04.comment": "a", "DQC-04.key": "k", "DQC-04.evidence": { x: 1 }, "DQC-05": "1" }
  expect(typedFields(number, fields)).toEqual({ "DQC-04": "soon", "DQC-04.comment": "a" })
})

test("whatever a form sends, every type answers with content, problems or empty, never with an exception", () => {
  const sent = fc.oneof(
    fc.string(),
    fc.array(fc.string()),
    fc.constantFrom("0", "none", "dont-know", "not-applicable", "2", "35"),
    fc.jsonValue(),
  )
  const questions = miniQuestionnaire().questions
  const parts = ["", ".status", ".reason", ".comment", ".evidence", ".companion"]
  fc.assert(
    fc.property(
      fc.constantFrom(...questions),
      fc.array(sent, { minLength: parts.length, maxLength: parts.length }),
      (question, values) => {
        const fields = Object.fromEntries(parts.map((part, at) => [`${question.id}${part}`, values[at]]))
        const { content, problems, empty } = questionType(question).readForm(question, fields)
        expect([content !== undefined, problems.length > 0, empty].filter(Boolean)).toHaveLength(1)
        if (content?.value !== undefined) expect(questionType(question).problemWith(question, content.value)).toBeUndefined()
        for (const { field, message } of problems) {
          expect(field.startsWith(question.id)).toBe(true)
          expect(message).toMatch(/^\S.*[^.]$/s)
        }
      },
    ),
  )
})
