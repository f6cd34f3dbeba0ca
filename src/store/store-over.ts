import * as accountIdentities from "./account-identities.ts"
import * as accountProofs from "./account-proofs.ts"
import * as accountSessions from "./account-sessions.ts"
import * as accountTokens from "./account-tokens.ts"
import * as accounts from "./accounts.ts"
import { countAttempt, forgetAttempts } from "./attempts.ts"
import { noteAudit, readAudit, verifyAudit } from "./audit.ts"
import {
  addEngagement,
  archive,
  changeDetails,
  changeQuestionnaire,
  changeTerms,
  listEngagements,
  loadEngagement,
  removeEngagement,
  revisionOf,
} from "./engagements.ts"
import { removeOverride, saveDecision, saveOverride } from "./decisions.ts"
import type { Engine } from "./engine.ts"
import { decideStatement } from "./estate-decisions.ts"
import { removeEstate, saveEstate, takeEstate } from "./estates.ts"
import { changeExpiry } from "./expiry.ts"
import { addLinks, issueLink, openSession, readLink, revokeLink } from "./links.ts"
import { listEstates, loadEstate, loadStatementText, loadWaitingEstate } from "./load-estates.ts"
import { addressees, listMessages, putOutMessages, stopReminders } from "./messages.ts"
import { claimMessage, putOutReminders, settleMessage } from "./message-queue.ts"
import { listColleagues, listMembers, ownersOf, removeMember, saveMember, standingOf } from "./members.ts"
import { addRespondents, removeDomain, removeRespondent, saveDomain, saveRespondent } from "./people.ts"
import { endSession, readSession } from "./respondent-sessions.ts"
import { answerHistory, listAsked, loadResponse, reopen, submit } from "./responses.ts"
import { rowHistory } from "./rows/history.ts"
import { replaceInventory, stateNone } from "./rows/inventories.ts"
import { loadRow, loadRows } from "./rows/load.ts"
import { moveRow } from "./rows/order.ts"
import { giveRows } from "./rows/owners.ts"
import { loadRemovedRow, removeRow, restoreRow } from "./rows/removal.ts"
import { saveRow, saveRows } from "./rows/save.ts"
import { saveAnswers } from "./save-answers.ts"
import type { Store } from "./store.ts"
import { findEngagements } from "./find-engagements.ts"
import { acceptSuggestion, declineSuggestion, listSuggestions, suggest, withdrawSuggestion } from "./suggestions.ts"
import { refuseUnstorableText } from "./text.ts"
import { putEstateAside } from "./waiting-estates.ts"

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
    findEngagements: on(findEngagements),
    addEngagement: on(addEngagement),
    loadEngagement: on(loadEngagement),
    revisionOf: on(revisionOf),
    changeDetails: on(changeDetails),
    changeTerms: on(changeTerms),
    archive: on(archive),
    removeEngagement: on(removeEngagement),
    changeQuestionnaire: on(changeQuestionnaire),
    saveDomain: on(saveDomain),
    removeDomain: on(removeDomain),
    saveRespondent: on(saveRespondent),
    addRespondents: on(addRespondents),
    removeRespondent: on(removeRespondent),
    issueLink: on(issueLink),
    addLinks: on(addLinks),
    revokeLink: on(revokeLink),
    changeExpiry: on(changeExpiry),
    readLink: on(readLink),
    openSession: on(openSession),
    readSession: on(readSession),
    endSession: on(endSession),
    loadResponse: on(loadResponse),
    listAsked: on(listAsked),
    saveAnswers: on(saveAnswers),
    submit: on(submit),
    reopen: on(reopen),
    answerHistory: on(answerHistory),
    loadRows: on(loadRows),
    loadRow: on(loadRow),
    saveRow: on(saveRow),
    saveRows: on(saveRows),
    removeRow: on(removeRow),
    loadRemovedRow: on(loadRemovedRow),
    restoreRow: on(restoreRow),
    moveRow: on(moveRow),
    giveRows: on(giveRows),
    rowHistory: on(rowHistory),
    stateNone: on(stateNone),
    replaceInventory: on(replaceInventory),
    saveDecision: on(saveDecision),
    saveOverride: on(saveOverride),
    removeOverride: on(removeOverride),
    listEstates: on(listEstates),
    loadEstate: on(loadEstate),
    loadWaitingEstate: on(loadWaitingEstate),
    loadStatementText: on(loadStatementText),
    putEstateAside: on(putEstateAside),
    takeEstate: on(takeEstate),
    saveEstate: on(saveEstate),
    decideStatement: on(decideStatement),
    removeEstate: on(removeEstate),
    countAdministrators: on(accounts.countAdministrators),
    listAccounts: on(accounts.listAccounts),
    findAccount: on(accounts.findAccount),
    findCredentials: on(accounts.findCredentials),
    credentialsOf: on(accounts.credentialsOf),
    addAccount: on(accounts.addAccount),
    addFirstAdministrator: on(accounts.addFirstAdministrator),
    changeAccount: on(accounts.changeAccount),
    disableAccount: on(accounts.disableAccount),
    setPassword: on(accountProofs.setPassword),
    renewPasswordHash: on(accountProofs.renewPasswordHash),
    proposeTotp: on(accountProofs.proposeTotp),
    confirmTotp: on(accountProofs.confirmTotp),
    removeTotp: on(accountProofs.removeTotp),
    replaceRecoveryCodes: on(accountProofs.replaceRecoveryCodes),
    recoveryCodesLeft: on(accountProofs.recoveryCodesLeft),
    takeTotpStep: on(accountProofs.takeTotpStep),
    takeRecoveryCode: on(accountProofs.takeRecoveryCode),
    issueToken: on(accountTokens.issueToken),
    readToken: on(accountTokens.readToken),
    redeemPasswordToken: on(accountTokens.redeemPasswordToken),
    accountOfIdentity: on(accountIdentities.accountOfIdentity),
    linkIdentity: on(accountIdentities.linkIdentity),
    listIdentities: on(accountIdentities.listIdentities),
    unlinkIdentities: on(accountIdentities.unlinkIdentities),
    beginSignOn: on(accountIdentities.beginSignOn),
    finishSignOn: on(accountIdentities.finishSignOn),
    countAttempt: on(countAttempt),
    forgetAttempts: on(forgetAttempts),
    openAccountSession: on(accountSessions.openAccountSession),
    readAccountSession: on(accountSessions.readAccountSession),
    confirmAccountSession: on(accountSessions.confirmAccountSession),
    listAccountSessions: on(accountSessions.listAccountSessions),
    endAccountSessions: on(accountSessions.endAccountSessions),
    endAccountSession: on(accountSessions.endAccountSession),
    standingOf: on(standingOf),
    listMembers: on(listMembers),
    ownersOf: on(ownersOf),
    saveMember: on(saveMember),
    removeMember: on(removeMember),
    listColleagues: on(listColleagues),
    addressees: on(addressees),
    putOutMessages: on(putOutMessages),
    putOutReminders: on(putOutReminders),
    claimMessage: on(claimMessage),
    settleMessage: on(settleMessage),
    listMessages: on(listMessages),
    stopReminders: on(stopReminders),
    listSuggestions: on(listSuggestions),
    suggest: on(suggest),
    withdrawSuggestion: on(withdrawSuggestion),
    acceptSuggestion: on(acceptSuggestion),
    declineSuggestion: on(declineSuggestion),
    noteAudit: on(noteAudit),
    readAudit: on(readAudit),
    verifyAudit: on(verifyAudit),
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
