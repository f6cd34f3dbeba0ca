import {
  addEngagement,
  changeDetails,
  changeQuestionnaire,
  listEngagements,
  loadEngagement,
  removeEngagement,
  revisionOf,
} from "./engagements.ts"
import { removeOverride, saveDecision, saveOverride } from "./decisions.ts"
import type { Engine } from "./engine.ts"
import { endSession, issueLink, openSession, readLink, readSession, revokeLink } from "./links.ts"
import { removeDomain, removeRespondent, saveDomain, saveRespondent } from "./people.ts"
import { answerHistory, loadResponse, reopen, submit } from "./responses.ts"
import { loadRows, removeRow, replaceInventory, saveRow, stateNone } from "./rows.ts"
import { saveAnswers } from "./save-answers.ts"
import type { Store } from "./store.ts"
import { refuseUnstorableText } from "./text.ts"

/** The whole store over either engine: one implementation, so that both behave alike. */
export const storeOver = (engine: Engine): Store => {
  /** No text reaches a database, not even to be looked for, that one of them would keep and the other refuse. */
  const on =
    <A extends readonly unknown[], R>(method: (engine: Engine, ...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      refuseUnstorableText(given)
      return method(engine, ...given)
    }

  return {
    engine: engine.kind,
    listEngagements: on(listEngagements),
    addEngagement: on(addEngagement),
    loadEngagement: on(loadEngagement),
    revisionOf: on(revisionOf),
    changeDetails: on(changeDetails),
    removeEngagement: on(removeEngagement),
    changeQuestionnaire: on(changeQuestionnaire),
    saveDomain: on(saveDomain),
    removeDomain: on(removeDomain),
    saveRespondent: on(saveRespondent),
    removeRespondent: on(removeRespondent),
    issueLink: on(issueLink),
    revokeLink: on(revokeLink),
    readLink: on(readLink),
    openSession: on(openSession),
    readSession: on(readSession),
    endSession: on(endSession),
    loadResponse: on(loadResponse),
    saveAnswers: on(saveAnswers),
    submit: on(submit),
    reopen: on(reopen),
    answerHistory: on(answerHistory),
    loadRows: on(loadRows),
    saveRow: on(saveRow),
    removeRow: on(removeRow),
    stateNone: on(stateNone),
    replaceInventory: on(replaceInventory),
    saveDecision: on(saveDecision),
    saveOverride: on(saveOverride),
    removeOverride: on(removeOverride),
    probe: on(probe),
    close: () => engine.close(),
  }
}

const probe = async (engine: Engine, now: number): Promise<void> => {
  await engine.read((db) => db.selectFrom("meta").select("value").where("name", "=", "probe").execute())
  await engine.write(async (db) => {
    await db
      .insertInto("meta")
      .values({ name: "probe", value: now })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: now }))
      .execute()
  })
}
