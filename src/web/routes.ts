import { accountRoutes } from "./accounts/routes.ts"
import { showAgenda } from "./agenda.ts"
import { printAnswers } from "./answers-print.ts"
import { chooseDomain, listAnswers } from "./answers.ts"
import { archiveEngagement, restoreEngagement } from "./archive.ts"
import { showAssessment } from "./assessment.ts"
import { downloadAudit, showAudit } from "./audit.ts"
import { saveDecision, showAnswers } from "./decisions.ts"
import { askToDuplicate, duplicateEngagement } from "./duplicate.ts"
import { showEstate } from "./estate/estate-page.ts"
import { downloadEstate, downloadStatements } from "./estate/exports.ts"
import { downloadContract, downloadPlan, downloadProducts, downloadSheet } from "./estate/product-exports.ts"
import { askForImport, readImport } from "./estate/import.ts"
import { showInventoryRows, takeInventoryRows } from "./estate/inventories.ts"
import { showProduct } from "./estate/product.ts"
import { showProducts } from "./estate/products.ts"
import { askToRemoveEstate, removeEstate } from "./estate/removal.ts"
import { classifyStatement, downloadText, showStatement } from "./estate/statement.ts"
import { decideWaiting, showWaiting } from "./estate/waiting.ts"
import { showFindings } from "./findings.ts"
import { addMember, changeMember, removeMember, showMember, showMembers } from "./members.ts"
import { saveOverride, showInitiative } from "./overrides.ts"
import { showOverview } from "./overview.ts"
import { showPlan } from "./plan.ts"
import { moveToQuestionnaire, showQuestionnaire } from "./questionnaire.ts"
import { downloadReport, downloadResult, showReport } from "./report.ts"
import {
  addEngagement,
  askForEngagement,
  askToRemove,
  exportEngagement,
  importEngagement,
  removeEngagement,
} from "./engagements.ts"
import { listEngagements } from "./engagement-list.ts"
import { saveAnswer } from "./autosave.ts"
import { showCheck, submit } from "./check.ts"
import { askForOther, askToLeaveSection, leaveSection, suggestOther, takeSectionBack } from "./colleagues.ts"
import { livez, readyz } from "./health.ts"
import { changeList, moveRow, removeRow, restoreRow } from "./lists/changes.ts"
import { downloadList } from "./lists/download.ts"
import { showList } from "./lists/list.ts"
import { askForTable, takeTable } from "./lists/paste.ts"
import { forConsultant, forRespondent } from "./lists/place.ts"
import { saveRow, showRow } from "./lists/row.ts"
import { askToStart, goodbye, leave, start } from "./links.ts"
import { downloadLinks, printSheets } from "./link-sheets.ts"
import { askForList, readList } from "./people-paste.ts"
import { listPeople } from "./people.ts"
import { changeExpiry, issueLink, revokeLink, revokeLinks } from "./person-link.ts"
import { askToRemovePerson, removePerson, reopenAnswers } from "./person-removal.ts"
import { askForPerson, editPerson, savePerson } from "./person.ts"
import { changeReminderDays } from "./reminder-days.ts"
import { askAboutSelection } from "./selection.ts"
import { sendInvitations, sendReminders } from "./send.ts"
import { askForDomain, removeDomain, saveDomain, saveSettings, showSettings } from "./settings.ts"
import { downloadReceipt, reopenOwn, showReceipt } from "./receipt.ts"
import { saveSection, showSection } from "./section-form.ts"
import { decideSuggestion, listSuggestions, showSuggestion } from "./suggestions.ts"
import { showTasks } from "./tasks.ts"
import { saveTerms, showTerms } from "./terms.ts"
import { askToUnsubscribe, subscribeAgain, unsubscribe } from "./unsubscribe.ts"
import { to } from "./route.ts"
import type { Route } from "./visit.ts"

/** Every address of the site, one line each; the first match answers. */
export const routes: readonly Route[] = [
  to("health.see", "get", "/livez", livez),
  to("health.see", "get", "/readyz", readyz),

  ...accountRoutes,

  to("link.open", "get", "/r/:token", askToStart),
  to("link.open", "post", "/r/:token", start, "form"),
  to("link.open", "get", "/goodbye", goodbye),
  to("link.open", "get", "/u/:token", askToUnsubscribe),
  to("link.open", "post", "/u/:token", unsubscribe),
  to("link.open", "post", "/u/:token/again", subscribeAgain, "form"),

  to("response.see", "get", "/respond", showTasks),
  to("response.see", "post", "/respond/leave", leave, "form"),
  to("response.see", "get", "/respond/check", showCheck),
  to("response.submit", "post", "/respond/submit", submit, "form"),
  to("response.see", "get", "/respond/done", showReceipt),
  to("response.see", "get", "/respond/receipt.pdf", downloadReceipt),
  to("response.submit", "post", "/respond/reopen", reopenOwn, "form"),
  to("response.see", "get", "/respond/instead", askForOther),
  to("response.answer", "post", "/respond/instead", suggestOther, "form"),
  to("response.answer", "put", "/respond/:domain/answers/:question", saveAnswer, "json"),
  to("response.see", "get", "/respond/:domain/tables/:question", forRespondent(showList)),
  to("response.answer", "post", "/respond/:domain/tables/:question", forRespondent(changeList), "form"),
  to("response.see", "get", "/respond/:domain/tables/:question/list.csv", forRespondent(downloadList)),
  to("response.see", "get", "/respond/:domain/tables/:question/paste", forRespondent(askForTable)),
  to("response.answer", "post", "/respond/:domain/tables/:question/paste", forRespondent(takeTable), "upload"),
  to("response.see", "get", "/respond/:domain/tables/:question/:row", forRespondent(showRow)),
  to("response.answer", "post", "/respond/:domain/tables/:question/:row", forRespondent(saveRow), "form"),
  to("response.answer", "post", "/respond/:domain/tables/:question/:row/remove", forRespondent(removeRow), "form"),
  to("response.answer", "post", "/respond/:domain/tables/:question/:row/restore", forRespondent(restoreRow), "form"),
  to("response.answer", "post", "/respond/:domain/tables/:question/:row/move", forRespondent(moveRow), "form"),
  to("response.see", "get", "/respond/:domain/:section/leave", askToLeaveSection),
  to("response.answer", "post", "/respond/:domain/:section/leave", leaveSection, "form"),
  to("response.answer", "post", "/respond/:domain/:section/take-back", takeSectionBack, "form"),
  to("response.see", "get", "/respond/:domain/:section", showSection),
  to("response.answer", "post", "/respond/:domain/:section", saveSection, "form"),

  to("audit.see", "get", "/audit", showAudit),
  to("audit.see", "get", "/audit.csv", downloadAudit),

  to("engagements.list", "get", "/", listEngagements),
  to("engagements.add", "get", "/engagements/new", askForEngagement),
  to("engagements.add", "post", "/engagements", addEngagement, "form"),
  to("engagements.add", "post", "/engagements/import", importEngagement, "upload"),
  to("engagement.export", "get", "/engagements/:engagement/engagement.json", exportEngagement),
  to("engagement.change", "get", "/engagements/:engagement/settings", showSettings),
  to("engagement.change", "post", "/engagements/:engagement/settings", saveSettings, "form"),
  to("engagement.change", "get", "/engagements/:engagement/terms", showTerms),
  to("engagement.change", "post", "/engagements/:engagement/terms", saveTerms, "form"),
  to("engagement.export", "get", "/engagements/:engagement/duplicate", askToDuplicate),
  to("engagement.export", "post", "/engagements/:engagement/duplicate", duplicateEngagement, "form"),
  to("engagement.own", "post", "/engagements/:engagement/archive", archiveEngagement, "form"),
  to("engagement.own", "post", "/engagements/:engagement/restore", restoreEngagement, "form"),
  to("members.see", "get", "/engagements/:engagement/members", showMembers),
  to("members.change", "post", "/engagements/:engagement/members", addMember, "form"),
  to("members.change", "get", "/engagements/:engagement/members/:account", showMember),
  to("members.change", "post", "/engagements/:engagement/members/:account", changeMember, "form"),
  to("members.change", "post", "/engagements/:engagement/members/:account/remove", removeMember, "form"),
  to("engagement.change", "get", "/engagements/:engagement/questionnaire", showQuestionnaire),
  to("engagement.change", "post", "/engagements/:engagement/questionnaire", moveToQuestionnaire, "form"),
  to("engagement.own", "get", "/engagements/:engagement/remove", askToRemove),
  to("engagement.own", "post", "/engagements/:engagement/remove", removeEngagement, "form"),
  to("engagement.change", "get", "/engagements/:engagement/domains/new", askForDomain),
  to("engagement.change", "post", "/engagements/:engagement/domains/new", saveDomain, "form"),
  to("engagement.change", "get", "/engagements/:engagement/domains/:domain", askForDomain),
  to("engagement.change", "post", "/engagements/:engagement/domains/:domain", saveDomain, "form"),
  to("engagement.change", "post", "/engagements/:engagement/domains/:domain/remove", removeDomain, "form"),
  to("people.see", "get", "/engagements/:engagement/people", listPeople),
  to("people.see", "get", "/engagements/:engagement/suggestions", listSuggestions),
  to("people.see", "get", "/engagements/:engagement/suggestions/:suggestion", showSuggestion),
  to("people.change", "post", "/engagements/:engagement/suggestions/:suggestion", decideSuggestion, "form"),
  to("people.see", "get", "/engagements/:engagement/people/new", askForPerson),
  to("people.change", "post", "/engagements/:engagement/people/new", savePerson, "form"),
  to("people.change", "get", "/engagements/:engagement/people/paste", askForList),
  to("people.change", "post", "/engagements/:engagement/people/paste", readList, "upload"),
  to("people.change", "post", "/engagements/:engagement/people/selection", askAboutSelection, "form"),
  to("people.change", "post", "/engagements/:engagement/people/invite", sendInvitations, "form"),
  to("people.change", "post", "/engagements/:engagement/people/remind", sendReminders, "form"),
  to("people.change", "post", "/engagements/:engagement/people/links.csv", downloadLinks, "form"),
  to("people.change", "post", "/engagements/:engagement/people/sheet", printSheets, "form"),
  to("people.change", "post", "/engagements/:engagement/people/revoke", revokeLinks, "form"),
  to("people.change", "post", "/engagements/:engagement/people/reminders", changeReminderDays, "form"),
  to("people.see", "get", "/engagements/:engagement/people/:person", editPerson),
  to("people.change", "post", "/engagements/:engagement/people/:person", savePerson, "form"),
  to("people.change", "post", "/engagements/:engagement/people/:person/link", issueLink, "form"),
  to("people.change", "post", "/engagements/:engagement/people/:person/revoke", revokeLink, "form"),
  to("people.change", "post", "/engagements/:engagement/people/:person/expiry", changeExpiry, "form"),
  to("people.change", "post", "/engagements/:engagement/people/:person/reopen", reopenAnswers, "form"),
  to("people.see", "get", "/engagements/:engagement/people/:person/remove", askToRemovePerson),
  to("people.change", "post", "/engagements/:engagement/people/:person/remove", removePerson, "form"),
  to("engagement.see", "get", "/engagements/:engagement", showOverview),
  to("engagement.see", "get", "/engagements/:engagement/next", showAgenda),
  to("engagement.see", "get", "/engagements/:engagement/answers", chooseDomain),
  to("engagement.see", "get", "/engagements/:engagement/answers/:domain", listAnswers),
  to("engagement.see", "get", "/engagements/:engagement/answers/:domain/print", printAnswers),
  to("engagement.see", "get", "/engagements/:engagement/answers/:domain/:question", showAnswers),
  to("engagement.change", "post", "/engagements/:engagement/answers/:domain/:question", saveDecision, "form"),
  to("lists.see", "get", "/engagements/:engagement/tables/:domain/:question", forConsultant(showList)),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question", forConsultant(changeList), "form"),
  to("lists.export", "get", "/engagements/:engagement/tables/:domain/:question/list.csv", forConsultant(downloadList)),
  to("lists.see", "get", "/engagements/:engagement/tables/:domain/:question/paste", forConsultant(askForTable)),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question/paste", forConsultant(takeTable), "upload"),
  to("lists.see", "get", "/engagements/:engagement/tables/:domain/:question/:row", forConsultant(showRow)),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question/:row", forConsultant(saveRow), "form"),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question/:row/remove", forConsultant(removeRow), "form"),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question/:row/restore", forConsultant(restoreRow), "form"),
  to("lists.change", "post", "/engagements/:engagement/tables/:domain/:question/:row/move", forConsultant(moveRow), "form"),
  to("estate.see", "get", "/engagements/:engagement/estate", showEstate),
  to("estate.see", "get", "/engagements/:engagement/estate/statements.csv", downloadStatements),
  to("estate.see", "get", "/engagements/:engagement/estate/estate.json", downloadEstate),
  to("estate.see", "get", "/engagements/:engagement/estate/products", showProducts),
  to("estate.see", "get", "/engagements/:engagement/estate/products.json", downloadPlan),
  to("estate.see", "get", "/engagements/:engagement/estate/products.csv", downloadProducts),
  to("estate.see", "get", "/engagements/:engagement/estate/products/:product", showProduct),
  to("estate.see", "get", "/engagements/:engagement/estate/products/:product/product.yaml", downloadSheet),
  to("estate.see", "get", "/engagements/:engagement/estate/products/:product/contract.yaml", downloadContract),
  to("estate.see", "get", "/engagements/:engagement/estate/statements/:estate/:statement", showStatement),
  to("estate.change", "post", "/engagements/:engagement/estate/statements/:estate/:statement", classifyStatement, "form"),
  to("estate.see", "get", "/engagements/:engagement/estate/statements/:estate/:statement/text.sql", downloadText),
  to("lists.change", "get", "/engagements/:engagement/estate/inventories/:domain/:question", showInventoryRows),
  to("lists.change", "post", "/engagements/:engagement/estate/inventories/:domain/:question", takeInventoryRows, "form"),
  to("estate.change", "get", "/engagements/:engagement/estate/import", askForImport),
  to("estate.change", "post", "/engagements/:engagement/estate/import", readImport, "files"),
  to("estate.change", "get", "/engagements/:engagement/estate/import/:estate", showWaiting),
  to("estate.change", "post", "/engagements/:engagement/estate/import/:estate", decideWaiting, "form"),
  to("estate.change", "get", "/engagements/:engagement/estate/imports/:estate/remove", askToRemoveEstate),
  to("estate.change", "post", "/engagements/:engagement/estate/imports/:estate/remove", removeEstate, "form"),
  to("engagement.see", "get", "/engagements/:engagement/assessment", showAssessment),
  to("engagement.see", "get", "/engagements/:engagement/findings", showFindings),
  to("engagement.see", "get", "/engagements/:engagement/plan", showPlan),
  to("engagement.see", "get", "/engagements/:engagement/plan/:initiative", showInitiative),
  to("engagement.change", "post", "/engagements/:engagement/plan/:initiative", saveOverride, "form"),
  to("engagement.see", "get", "/engagements/:engagement/report", showReport),
  to("engagement.see", "get", "/engagements/:engagement/report.pdf", downloadReport),
  to("engagement.see", "get", "/engagements/:engagement/result.json", downloadResult),
]
