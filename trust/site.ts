/** The site of the tests, with the sample engagement in it, on a port of this machine. */
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { accountToken, openStage, type StageOptions } from "../test/web/stage.ts"
import { sampleInput } from "../test/fixtures/sample.ts"
import { asker, openLink } from "./ask.ts"

/** A site with the sample as engagement `e1`; close it afterwards. */
export const openSite = async (options: StageOptions = {}) => {
  const { questionnaire, engagement } = await sampleInput()
  const config = { savesPerMinute: 1_000_000, ...options.config }
  const stage = await openStage({ ...options, config, questionnaire, engagement: { ...engagement } })
  const server = createServer(stage.app).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { ask, close: hangUp } = asker(address, 8)
  return {
    stage,
    address,
    ask,
    respondents: engagement.respondents.map(({ id }) => id),
    /** Cookies of an account that is signed in. */
    accountCookie: (account: "carla" | "ada") => `headwater-account=${accountToken(account)}`,
    /** The cookie of a respondent who has opened their link. */
    respondentCookie: async (respondent: string): Promise<string> => openLink(ask, await stage.issueLink(respondent)),
    close: async (): Promise<void> => {
      hangUp()
      server.closeAllConnections()
      server.close()
      await stage.close()
    },
  }
}

export type Site = Awaited<ReturnType<typeof openSite>>
