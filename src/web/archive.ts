import { inEngagement, withDone } from "./engagement.ts"
import { redirect } from "./respond.ts"

/** Puts the engagement away: from then on it is read and erased, not changed. A second click is the same click. */
export const archiveEngagement = inEngagement(
  async (visit, { store }) => {
    await store.archive(visit.engagementScope, true, visit.now)
    return redirect(withDone(visit.home, "archived"))
  },
  { whileArchived: true },
)

/** Takes it out again. */
export const restoreEngagement = inEngagement(
  async (visit, { store }) => {
    await store.archive(visit.engagementScope, false, visit.now)
    return redirect(withDone(visit.home, "restored"))
  },
  { whileArchived: true },
)
