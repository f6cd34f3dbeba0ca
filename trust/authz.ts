/** T11: every kind of visitor at every address, with own, foreign, missing and swapped ids, held against the policy table. */
import { routes } from "../src/web/routes.ts"
import { actors, checkCell, checkForeign, checkSwapped, expectedOf, openMatrix } from "../test/web/matrix.ts"
import { type Experiment, grouped, none, spread } from "./experiment.ts"
import { eachOf } from "./inflow.ts"

export const experiment: Experiment = {
  title: "who may do what",
  run: async ({ count, say }) => {
    const matrix = await openMatrix()
    const chosen = spread(routes, count)
    try {
      const wrong: string[] = []
      let cells = 0
      // One at a time: a cell is judged by what the audit log and the engagement say before and after it.
      for (const actor of actors) {
        await eachOf(chosen, 1, async (route) => {
          const found = [
            ...(await checkCell(matrix, route, actor)),
            ...(await checkForeign(matrix, route, actor)),
            ...(await checkSwapped(matrix, route, actor)),
          ]
          cells += 1
          wrong.push(...found)
        })
        say(
          `${actor}: let in at ${chosen.filter((route) => expectedOf(route, actor) === "admitted").length} of ${chosen.length} routes`,
        )
      }
      return {
        done: `${chosen.length} routes × ${actors.length} kinds of visitor, own, foreign, missing and swapped ids: ${grouped(cells)} cells`,
        found: `${wrong.length} wrong`,
        goals: [none("wrong cells", wrong.length)],
        wrong: wrong.slice(0, 20),
      }
    } finally {
      await matrix.close()
    }
  },
}
