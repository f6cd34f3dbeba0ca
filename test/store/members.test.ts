import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { Store } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"
import { accountOf, addAccount, castOf } from "./actors.ts"
import { overEachEngine } from "./engines.ts"
import { orders } from "./orders.ts"

/** An engagement owned by a consultant. */
const owned = async (store: Store) => {
  const owner = await addAccount(store)
  const scope = { engagement: randomUUID(), by: { account: owner } }
  await store.addEngagement(scope, orders, smallQuestionnaire, 1_000)
  return { owner, scope }
}

overEachEngine((store) => {
  describe("members", () => {
    test("are listed owners first, with their address and whether their account works", async () => {
      const cast = await castOf(store())
      const members = (await store().listMembers(cast.scope("owner"))) ?? []
      const found = members.map(({ account, role, disabled }) => [account, role, disabled])
      expect(found.slice(0, 2)).toEqual(
        expect.arrayContaining([
          [accountOf(cast.actors.owner), "owner", false],
          [accountOf(cast.actors["disabled owner"]), "owner", true],
        ]),
      )
      expect(found[2]).toEqual([accountOf(cast.actors.editor), "editor", false])
      expect(members.every(({ name, email }) => name !== "" && email.includes("@"))).toBe(true)
    })

    test("get another role, and lose what the earlier one let them do", async () => {
      const { scope } = await owned(store())
      const other = await addAccount(store())
      const theirs = { ...scope, by: { account: other } }
      expect(await store().saveMember(scope, other, "editor", 2_000)).toBe("saved")
      expect(await store().standingOf(theirs)).toBe("editor")
      expect(await store().saveMember(scope, other, "reader", 2_000)).toBe("saved")
      expect(await store().saveDomain(theirs, { id: "x", name: "X" }, 2_000)).toBe(false)
      expect(await store().removeMember(scope, other, 2_000)).toBe("removed")
      expect(await store().removeMember(scope, other, 2_000)).toBe("gone")
      expect(await store().loadEngagement(theirs)).toBeUndefined()
    })

    test("a reader's account is never more than a reader; who is not there or disabled is no member", async () => {
      const { scope } = await owned(store())
      const reader = await addAccount(store(), "reader")
      expect(await store().saveMember(scope, reader, "editor", 2_000)).toBe("reader-account")
      expect(await store().saveMember(scope, reader, "reader", 2_000)).toBe("saved")
      expect(await store().saveMember(scope, randomUUID(), "reader", 2_000)).toBe("gone")
      expect(await store().saveMember(scope, await addAccount(store(), "consultant", true), "editor", 2_000)).toBe("gone")
    })

    test("an engagement keeps an owner whose account works", async () => {
      const { owner, scope } = await owned(store())
      const second = await addAccount(store())
      expect(await store().removeMember(scope, owner, 2_000)).toBe("last-owner")
      expect(await store().saveMember(scope, owner, "editor", 2_000)).toBe("last-owner")
      await store().saveMember(scope, second, "owner", 2_000)
      await store().disableAccount(program, second, true, 2_500)
      expect(await store().removeMember(scope, owner, 3_000)).toBe("last-owner")
      // An administrator finds an engagement whose only owner left: another one comes first.
      await store().disableAccount(program, owner, true, 3_000)
      const asProgram = { ...scope, by: program }
      expect(await store().removeMember(asProgram, owner, 3_500)).toBe("last-owner")
      const third = await addAccount(store())
      await store().saveMember(asProgram, third, "owner", 3_500)
      expect(await store().removeMember(asProgram, owner, 4_000)).toBe("removed")
    })

    test("two owners who remove each other at the same moment leave one", async () => {
      for (let round = 0; round < 5; round += 1) {
        const { owner, scope } = await owned(store())
        const second = await addAccount(store())
        await store().saveMember(scope, second, "owner", 2_000)
        await Promise.all([
          store().removeMember(scope, second, 3_000),
          store().removeMember({ ...scope, by: { account: second } }, owner, 3_000),
        ])
        const left = (await store().listMembers({ ...scope, by: program })) ?? []
        expect(left.map(({ role }) => role)).toEqual(["owner"])
      }
    })

    test("each change is in the audit log with the account it is about", async () => {
      const { owner, scope } = await owned(store())
      const other = await addAccount(store())
      await store().saveMember(scope, other, "editor", 2_000)
      await store().removeMember(scope, other, 3_000)
      const log = await store().readAudit(program, { engagement: scope.engagement, offset: 0, limit: 10 })
      expect(log?.entries.map(({ action, subject, actor, detail }) => ({ action, subject, actor, detail }))).toEqual([
        { action: "member.removed", subject: other, actor: `account ${owner}`, detail: {} },
        { action: "member.saved", subject: other, actor: `account ${owner}`, detail: { role: "editor" } },
        { action: "engagement.added", subject: undefined, actor: `account ${owner}`, detail: {} },
      ])
    })
  })

  describe("colleagues", () => {
    test("are all whose account works but oneself, by name", async () => {
      const cast = await castOf(store())
      const ids = async (name: Parameters<typeof cast.scope>[0]) =>
        (await store().listColleagues(cast.actors[name])).map(({ id }) => id)
      const seen = await ids("owner")
      expect(seen).toContain(accountOf(cast.actors.editor))
      expect(seen).not.toContain(accountOf(cast.actors.owner))
      expect(seen).not.toContain(accountOf(cast.actors["disabled owner"]))
      expect(await ids("editor")).toContain(accountOf(cast.actors.owner))
      expect(await ids("program")).toContain(accountOf(cast.actors.owner))
    })

    test.each(["reader", "disabled owner", "disabled administrator", "no account", "respondent of it"] as const)(
      "are nobody to %s",
      async (name) => {
        const cast = await castOf(store())
        expect(await store().listColleagues(cast.actors[name])).toEqual([])
      },
    )
  })
})
