import { describe, expect, test } from "vitest"
import { antiJoinRewrites } from "../../src/estate/anti-join.ts"
import { readQuery } from "../../src/estate/sql/read.ts"

const spellings: readonly (readonly [spelling: string, sql: string, match: string])[] = [
  ["LEFT ANTI JOIN", "SELECT * FROM sales.orders o LEFT ANTI JOIN blocked b ON o.customer_id = b.id", "b.id = o.customer_id"],
  [
    "NOT EXISTS",
    "SELECT o.id FROM sales.orders o WHERE NOT EXISTS (SELECT 1 FROM blocked b WHERE b.id = o.customer_id)",
    "b.id = o.customer_id",
  ],
  ["NOT IN", "SELECT o.id FROM sales.orders o WHERE o.customer_id NOT IN (SELECT b.id FROM blocked b)", "b.id = o.customer_id"],
  [
    "LEFT JOIN … IS NULL",
    "SELECT o.* FROM sales.orders o LEFT JOIN blocked b ON o.customer_id = b.id WHERE b.id IS NULL AND o.total > 0",
    "b.id = o.customer_id",
  ],
]

describe("anti joins", () => {
  test.each(spellings)("%s: three rewrites with its own tables and keys", (spelling, text, match) => {
    const [found, ...others] = antiJoinRewrites({ text })
    expect(others).toEqual([])
    expect(found?.found).toBe(`${spelling}, line 1`)
    expect(found?.rewrites.map(({ sql }) => sql)).toEqual([
      `SELECT o.*\nFROM sales.orders AS o\nWHERE NOT EXISTS (\n  SELECT 1 FROM blocked AS b\n  WHERE ${match}\n)`,
      `SELECT o.*\nFROM sales.orders AS o\nLEFT JOIN blocked AS b\n  ON ${match}\nWHERE b.id IS NULL`,
      `SELECT o.*\nFROM sales.orders AS o\nLEFT JOIN blocked AS b\n  ON ${match}\n AND b.<event time> BETWEEN o.<event time> AND o.<event time> + INTERVAL '<longest wait>'\nWHERE b.id IS NULL`,
    ])
  })

  test("the first two rewrites are anti joins again, the third is bounded in time", () => {
    for (const [, text] of spellings) {
      const [notExists, leftJoin, interval] = antiJoinRewrites({ text })[0]?.rewrites ?? []
      const constructs = (sql = ""): readonly string[] =>
        readQuery(sql.replaceAll("<event time>", "event_time").replace("<longest wait>", "1 hour")).verdict.constructs.map(
          ({ construct }) => construct,
        )
      expect(constructs(notExists?.sql)).toContain("not-exists")
      expect(constructs(leftJoin?.sql)).toContain("not-exists")
      expect(constructs(interval?.sql)).toContain("join-interval")
    }
  })

  test("EXCEPT is compared column by column", () => {
    const [found] = antiJoinRewrites({ text: "select id, code from stock\nexcept\nselect item, kind from sold" })
    expect(found?.found).toBe("EXCEPT, line 2")
    expect(found?.rewrites[0]?.sql).toContain("r.item = l.id AND r.kind = l.code")
  })

  test("conditions besides the key stay with the match, and several keys all count", () => {
    const text =
      "select a.* from a where not exists (select 1 from b where b.x = a.x and b.y = a.y and b.kind = 'open' and b.at between a.low and a.high)"
    expect(antiJoinRewrites({ text })[0]?.rewrites[1]?.sql).toContain(
      "ON b.x = a.x\n AND b.y = a.y\n AND b.kind = 'open'\n AND b.at between a.low and a.high\nWHERE b.x IS NULL",
    )
  })

  test("warns of NULL where the list may hold one", () => {
    expect(antiJoinRewrites({ text: spellings[2]?.[1] ?? "" })[0]?.warning).toMatch(/NULL.*NOT IN keep no row/)
  })

  test("templates are read without running them", () => {
    const text = "select * from {{ ref('orders') }} o left join {{ ref('payments') }} p using (order_id) where p.order_id is null"
    expect(antiJoinRewrites({ text })[0]?.rewrites[0]?.sql).toContain(
      "SELECT 1 FROM payments AS p\n  WHERE p.order_id = o.order_id",
    )
  })

  test.each([
    "",
    "select 1",
    "select * from a left join b on a.x = b.x",
    "select * from a where x not in (1, 2)",
    "select (",
    "select * from a left join b on a.x = b.x where b.x is null or a.y",
  ])("nothing in %j", (text) => expect(antiJoinRewrites({ text })).toEqual([]))
})
