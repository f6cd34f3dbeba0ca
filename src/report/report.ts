import type { Report, Section } from "./blocks.ts"
import { openDossier, type ReportInput } from "./dossier.ts"
import { writeAnswers } from "./sections/answers.ts"
import { writeBacklog } from "./sections/backlog.ts"
import { writeBatch } from "./sections/batch.ts"
import { writeCover } from "./sections/cover.ts"
import { writeCutover } from "./sections/cutover.ts"
import { writeDisagreement } from "./sections/disagreement.ts"
import { writeEstate } from "./sections/estate.ts"
import { writeFindings } from "./sections/findings.ts"
import { writeInitiatives } from "./sections/initiatives.ts"
import { writeInventories } from "./sections/inventories.ts"
import { writeMethod } from "./sections/method.ts"
import { writeNext } from "./sections/next.ts"
import { writePosition } from "./sections/position.ts"
import { writeProducts } from "./sections/products.ts"
import { writeProfile } from "./sections/profile.ts"
import { writeReading } from "./sections/reading.ts"
import { writeRegister } from "./sections/register.ts"
import { writeRisks } from "./sections/risks.ts"
import { writeRoadmap } from "./sections/roadmap.ts"
import { writeSummary } from "./sections/summary.ts"
import { writeTraceability } from "./sections/traceability.ts"
import { writeWaves } from "./sections/waves.ts"

/** Everything a delivered plan says, for executives first and then for engineers; page and PDF are written from it. */
export function writeReport(input: ReportInput): Report {
  const dossier = openDossier(input)
  const { estate } = dossier
  const contents: Section = { id: "contents", title: "Contents", starts: "page", blocks: [{ type: "contents" }] }
  return {
    language: input.questionnaire.language,
    title: input.engagement.title,
    client: input.engagement.client,
    date: input.date,
    cover: writeCover(dossier),
    sections: [
      writeSummary(dossier),
      contents,
      writeReading(dossier),
      writePosition(dossier),
      writeProfile(dossier),
      writeDisagreement(dossier),
      writeFindings(dossier),
      writeRoadmap(dossier),
      writeWaves(dossier),
      writeBatch(dossier),
      ...(estate ? [writeEstate(dossier, estate)] : []),
      writeNext(dossier),
      writeRisks(dossier),
      writeInventories(dossier),
      ...(estate ? [writeProducts(dossier, estate), writeBacklog(dossier, estate)] : []),
      writeInitiatives(dossier),
      writeCutover(),
      writeAnswers(dossier),
      writeMethod(dossier),
      writeTraceability(dossier),
      ...(estate ? [writeRegister(dossier, estate)] : []),
    ],
  }
}
