import { afterAll, beforeAll, expect, test } from "vitest"
import { openSampleStage, wordsOf } from "../sample-stage.ts"
import { hidden, type Stage } from "../stage.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const list = "/engagements/e1/tables/online/CON-01"

test("a consultant changes, adds and removes rows of any list", async () => {
  const visitor = stage.consultant()
  const { text } = await visitor.get("/engagements/e1/answers/online/CON-01").expect(200)
  expect(text).toContain(`href="${list}"`)
  const shown = await visitor.get(list).expect(200)
  const row = new RegExp(`<th scope="row"><a href="${list}/([\\w-]+)"`).exec(shown.text)?.[1] ?? ""
  const form = await visitor.get(`${list}/${row}`).expect(200)
  const seen = hidden(form.text, "seen")
  const changed = { name: "Renamed desk", kind: "report", criticality: "minor", requiredAge: "2 h", seen }
  await visitor.post(`${list}/${row}`).type("form").send(changed).expect(303)
  await visitor
    .post(`${list}/${row}`)
    .type("form")
    .send({ ...changed, requiredAge: "3 h" })
    .expect(409)
  const added = await visitor.post(list).type("form").send({ action: "add" }).expect(303)
  await visitor
    .post(added.headers["location"] ?? "")
    .type("form")
    .send({ name: "New desk", requiredAge: "soon", seen: "0" })
    .expect(422)
  await visitor.post(`${list}/${row}/remove`).type("form").send({}).expect(303)
  expect(wordsOf((await visitor.get(list).expect(200)).text)).not.toContain("Renamed desk")
})

test("a question without a list, a stranger's domain and another engagement are not found", async () => {
  for (const path of ["e1/tables/online/DQC-05", "e1/tables/nowhere/CON-01", "e2/tables/online/CON-01"]) {
    await stage.consultant().get(`/engagements/${path}`).expect(404)
  }
})
