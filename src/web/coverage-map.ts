import { coverDimensions, type DimensionCoverage } from "../assessment/coverage.ts"
import type { Assessment, DomainResult } from "../assessment/result.ts"
import { coverageStep } from "../report/charts/coverage.ts"
import type { EngagementVisit } from "./engagement.ts"
import { answersHref } from "./listing.ts"

/** How much is answered, by domain and dimension: a heat map that is a table, each cell a way to the answers behind it. */
export const coverageMap = (visit: EngagementVisit, result: Assessment) => ({
  dimensions: visit.stored.questionnaire.dimensions.map(({ id, name }) => ({ id, name })),
  rows: result.domains.map((domain) => ({
    name: domain.name,
    href: answersHref(visit, domain.domain),
    cells: coverDimensions(visit.stored.questionnaire, domain.consensus).map((one) => cellView(visit, domain, one)),
  })),
})

const cellView = (visit: EngagementVisit, domain: DomainResult, { dimension, name, share, answered, asked }: DimensionCoverage) =>
  share === undefined
    ? { text: "–", step: "none", href: undefined, says: `${name}: nothing that counts is asked` }
    : {
        text: String(Math.round(share * 100)),
        step: String(coverageStep(share)),
        href: `${answersHref(visit, domain.domain)}#${encodeURIComponent(dimension)}`,
        says: `${name}: ${answered} of ${asked} questions answered`,
      }
