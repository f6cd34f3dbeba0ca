/** What tests of the sign-in share: accounts with passwords, and the codes of an authenticator app. */
import { Secret, TOTP } from "otpauth"
import { program } from "../../fixtures/program.ts"
import { hashPassword } from "../../../src/web/accounts/passwords.ts"
import { NOON, type AccountName, type Browser, type Stage } from "../stage.ts"

export const PASSWORD = "violet tractor sandwich 9"

let hashed: Promise<string> | undefined

/** Gives the account the password; its sign-in of the stage ends with that. */
export const withPassword = async (stage: Stage, account: AccountName): Promise<void> => {
  hashed ??= hashPassword(PASSWORD)
  await stage.store.setPassword(program, account, await hashed, NOON)
}

/** Sends the sign-in form. */
export const send = (browser: Browser, email: string, password = PASSWORD, to = "") =>
  browser.post("/sign-in").type("form").send({ email, password, to })

/** The code that an app shows at that time. */
export const codeAt = (secret: string, time: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({ timestamp: time })

/** The key that the page for the second factor shows. */
export const keyOn = (html: string): string => /Key: <span class="mono">([A-Z2-7 ]+)</.exec(html)?.[1] ?? ""
