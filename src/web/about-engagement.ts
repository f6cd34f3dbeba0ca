import type { EngagementVisit } from "./engagement.ts"
import { termsText } from "./terms.ts"

/** What stands beside the engagement's title: the ways to its settings for those who may change it, and what people are promised. */
export const aboutEngagement = ({ home, standing, stored }: EngagementVisit) => ({
  links:
    standing === "reader"
      ? []
      : [
          { href: `${home}/members`, text: "Members" },
          { href: `${home}/settings`, text: "Settings" },
          { href: `${home}/engagement.json`, text: "Export as a file" },
        ],
  terms: termsText(stored.terms),
})
