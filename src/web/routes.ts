import { chooseDomain, listAnswers } from "./answers.ts"
import { showAssessment } from "./assessment.ts"
import { saveDecision, showAnswers } from "./decisions.ts"
import { showFindings } from "./findings.ts"
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
  listEngagements,
  removeEngagement,
} from "./engagements.ts"
import { saveAnswer } from "./autosave.ts"
import { showCheck, showReceipt, submit } from "./check.ts"
import { livez, readyz } from "./health.ts"
import { forConsultant, forRespondent } from "./list-place.ts"
import { askToStart, goodbye, leave, start } from "./links.ts"
import { askToRemovePerson, issueLink, listPeople, removePerson, reopenAnswers, revokeLink } from "./people.ts"
import { askForPerson, editPerson, savePerson } from "./person.ts"
import { askForDomain, removeDomain, saveDomain, saveSettings, showSettings } from "./settings.ts"
import { saveSection, showSection } from "./section-form.ts"
import { changeList, showList } from "./table-list.ts"
import { askToRemoveRow, removeRow, saveRow, showRow } from "./table-row.ts"
import { showTasks } from "./tasks.ts"
import type { Access, Body, Handler, RespondentVisit, Route } from "./visit.ts"

/** One address: who may use it, what it reads from the body, and the handler that answers. */
const to = <A extends Access>(
  access: A,
  method: Route["method"],
  path: string,
  handle: A extends "respondent" ? Handler<RespondentVisit> : Handler,
  body: Body = "none",
): Route => ({ access, method, path, handle, body })

/** Every address of the site, one line each; the first match answers. */
export const routes: readonly Route[] = [
  to("anybody", "get", "/livez", livez),
  to("anybody", "get", "/readyz", readyz),

  to("anybody", "get", "/r/:token", askToStart),
  to("anybody", "post", "/r/:token", start, "form"),
  to("anybody", "get", "/goodbye", goodbye),

  to("respondent", "get", "/respond", showTasks),
  to("respondent", "post", "/respond/leave", leave, "form"),
  to("respondent", "get", "/respond/check", showCheck),
  to("respondent", "post", "/respond/submit", submit, "form"),
  to("respondent", "get", "/respond/done", showReceipt),
  to("respondent", "put", "/respond/:domain/answers/:question", saveAnswer, "json"),
  to("respondent", "get", "/respond/:domain/tables/:question", forRespondent(showList)),
  to("respondent", "post", "/respond/:domain/tables/:question", forRespondent(changeList), "form"),
  to("respondent", "get", "/respond/:domain/tables/:question/:row", forRespondent(showRow)),
  to("respondent", "post", "/respond/:domain/tables/:question/:row", forRespondent(saveRow), "form"),
  to("respondent", "get", "/respond/:domain/tables/:question/:row/remove", forRespondent(askToRemoveRow)),
  to("respondent", "post", "/respond/:domain/tables/:question/:row/remove", forRespondent(removeRow), "form"),
  to("respondent", "get", "/respond/:domain/:section", showSection),
  to("respondent", "post", "/respond/:domain/:section", saveSection, "form"),

  to("consultant", "get", "/", listEngagements),
  to("consultant", "get", "/engagements/new", askForEngagement),
  to("consultant", "post", "/engagements", addEngagement, "form"),
  to("consultant", "post", "/engagements/import", importEngagement, "upload"),
  to("consultant", "get", "/engagements/:engagement/engagement.json", exportEngagement),
  to("consultant", "get", "/engagements/:engagement/settings", showSettings),
  to("consultant", "post", "/engagements/:engagement/settings", saveSettings, "form"),
  to("consultant", "get", "/engagements/:engagement/questionnaire", showQuestionnaire),
  to("consultant", "post", "/engagements/:engagement/questionnaire", moveToQuestionnaire, "form"),
  to("consultant", "get", "/engagements/:engagement/remove", askToRemove),
  to("consultant", "post", "/engagements/:engagement/remove", removeEngagement, "form"),
  to("consultant", "get", "/engagements/:engagement/domains/new", askForDomain),
  to("consultant", "post", "/engagements/:engagement/domains/new", saveDomain, "form"),
  to("consultant", "get", "/engagements/:engagement/domains/:domain", askForDomain),
  to("consultant", "post", "/engagements/:engagement/domains/:domain", saveDomain, "form"),
  to("consultant", "post", "/engagements/:engagement/domains/:domain/remove", removeDomain, "form"),
  to("consultant", "get", "/engagements/:engagement/people", listPeople),
  to("consultant", "get", "/engagements/:engagement/people/new", askForPerson),
  to("consultant", "post", "/engagements/:engagement/people/new", savePerson, "form"),
  to("consultant", "get", "/engagements/:engagement/people/:person", editPerson),
  to("consultant", "post", "/engagements/:engagement/people/:person", savePerson, "form"),
  to("consultant", "post", "/engagements/:engagement/people/:person/link", issueLink, "form"),
  to("consultant", "post", "/engagements/:engagement/people/:person/revoke", revokeLink, "form"),
  to("consultant", "post", "/engagements/:engagement/people/:person/reopen", reopenAnswers, "form"),
  to("consultant", "get", "/engagements/:engagement/people/:person/remove", askToRemovePerson),
  to("consultant", "post", "/engagements/:engagement/people/:person/remove", removePerson, "form"),
  to("consultant", "get", "/engagements/:engagement", showOverview),
  to("consultant", "get", "/engagements/:engagement/answers", chooseDomain),
  to("consultant", "get", "/engagements/:engagement/answers/:domain", listAnswers),
  to("consultant", "get", "/engagements/:engagement/answers/:domain/:question", showAnswers),
  to("consultant", "post", "/engagements/:engagement/answers/:domain/:question", saveDecision, "form"),
  to("consultant", "get", "/engagements/:engagement/tables/:domain/:question", forConsultant(showList)),
  to("consultant", "post", "/engagements/:engagement/tables/:domain/:question", forConsultant(changeList), "form"),
  to("consultant", "get", "/engagements/:engagement/tables/:domain/:question/:row", forConsultant(showRow)),
  to("consultant", "post", "/engagements/:engagement/tables/:domain/:question/:row", forConsultant(saveRow), "form"),
  to("consultant", "get", "/engagements/:engagement/tables/:domain/:question/:row/remove", forConsultant(askToRemoveRow)),
  to("consultant", "post", "/engagements/:engagement/tables/:domain/:question/:row/remove", forConsultant(removeRow), "form"),
  to("consultant", "get", "/engagements/:engagement/assessment", showAssessment),
  to("consultant", "get", "/engagements/:engagement/findings", showFindings),
  to("consultant", "get", "/engagements/:engagement/plan", showPlan),
  to("consultant", "get", "/engagements/:engagement/plan/:initiative", showInitiative),
  to("consultant", "post", "/engagements/:engagement/plan/:initiative", saveOverride, "form"),
  to("consultant", "get", "/engagements/:engagement/report", showReport),
  to("consultant", "get", "/engagements/:engagement/report.pdf", downloadReport),
  to("consultant", "get", "/engagements/:engagement/result.json", downloadResult),
]
