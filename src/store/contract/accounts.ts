import type { Actor } from "./scope.ts"

export type AccountRole = "administrator" | "consultant" | "reader"

/** Somebody who signs in. */
export interface Account {
  readonly id: string
  readonly name: string
  /** In lower case; what one signs in with. */
  readonly email: string
  readonly role: AccountRole
  readonly createdAt: number
  readonly disabledAt?: number
  readonly hasPassword: boolean
  /** When the second factor was confirmed. */
  readonly secondFactorSince?: number
}

/** What is needed to check who signs in; it never leaves the sign-in. */
export interface Credentials {
  readonly account: Account
  /** PHC string. */
  readonly password: string | undefined
  /** Base32; one that is not confirmed yet does not protect anything. */
  readonly totpSecret: string | undefined
}

/** A one-time link of the program: it makes the first administrator, or lets somebody set a password. */
export type TokenUse = { readonly purpose: "set-up" } | { readonly purpose: "password"; readonly account: string }

/**
 * Accounts, what proves who somebody is, and one-time links to set that up. Every change is in the audit log. An actor who is neither the
 * program nor an administrator changes their own account only; all else is missing to them.
 */
export interface AccountStore {
  countAdministrators(): Promise<number>
  listAccounts(): Promise<readonly Account[]>
  findAccount(id: string): Promise<Account | undefined>
  findCredentials(email: string): Promise<Credentials | undefined>
  credentialsOf(account: string): Promise<Credentials | undefined>
  /** False when the e-mail address is taken, or the actor may not. */
  addAccount(by: Actor, account: Pick<Account, "id" | "name" | "email" | "role">, now: number): Promise<boolean>
  /**
   * Uses the set-up link to make the first administrator; false when the link is not good (any more), there is one already, or the address
   * is taken, which leaves the link good.
   */
  addFirstAdministrator(
    tokenHash: string,
    account: Pick<Account, "id" | "name" | "email"> & { readonly password: string },
    now: number,
  ): Promise<boolean>
  /** False for the last administrator that is not disabled. */
  changeAccount(
    by: Actor,
    account: string,
    change: { readonly name: string; readonly email: string; readonly role: AccountRole },
    now: number,
  ): Promise<"changed" | "gone" | "taken" | "last-administrator">
  /** Disabling ends every session at once. False for the last administrator, and when there is no such account. */
  disableAccount(by: Actor, account: string, disabled: boolean, now: number): Promise<boolean>
  /** Sets the password (a PHC string) and ends every session but `except`, and every one-time link. */
  setPassword(by: Actor, account: string, password: string, now: number, except?: string): Promise<boolean>
  /** The same password, hashed with newer parameters. */
  renewPasswordHash(account: string, password: string): Promise<void>

  /** A second factor to be confirmed with a code; the one in force, if any, goes on until then. */
  proposeTotp(account: string, secret: string): Promise<boolean>
  /** Takes the secret into force, with these recovery codes, and ends every session but `except`. */
  confirmTotp(account: string, step: number, codeHashes: readonly string[], now: number, except?: string): Promise<boolean>
  /** Without a second factor from now on; ends every session but `except`. */
  removeTotp(by: Actor, account: string, now: number, except?: string): Promise<boolean>
  replaceRecoveryCodes(account: string, codeHashes: readonly string[], now: number): Promise<boolean>
  recoveryCodesLeft(account: string): Promise<number>
  /** False when this step, or a later one, was used before: a code works once. */
  takeTotpStep(account: string, step: number): Promise<boolean>
  takeRecoveryCode(account: string, codeHash: string, now: number): Promise<boolean>

  /** Ends earlier links of the same use. */
  issueToken(by: Actor, tokenHash: string, use: TokenUse, expiresAt: number, now: number): Promise<void>
  readToken(tokenHash: string, now: number): Promise<TokenUse | undefined>
  /** Sets a password with a one-time link, which then is used up. */
  redeemPasswordToken(tokenHash: string, password: string, now: number): Promise<string | undefined>

  /** The account that signs in with this identity of an OpenID provider. */
  accountOfIdentity(issuer: string, subject: string): Promise<Account | undefined>
  /**
   * False when the account is disabled, or signs in with another identity of this provider already: an address that has passed to
   * somebody else opens nothing.
   */
  linkIdentity(account: string, issuer: string, subject: string, now: number): Promise<boolean>
  /** Which accounts are linked to which providers: all, or one account's. */
  listIdentities(account?: string): Promise<readonly { readonly account: string; readonly issuer: string }[]>
  /** Takes all identities off the account, and ends its sessions; false when it has none. */
  unlinkIdentities(by: Actor, account: string, now: number): Promise<boolean>
  /** Keeps what must survive the way to the provider and back, under a state that works once. */
  beginSignOn(stateHash: string, content: string, expiresAt: number, now: number): Promise<void>
  finishSignOn(stateHash: string, now: number): Promise<string | undefined>

  /**
   * Counts one attempt, in the database and at once, so that attempts side by side cannot slip through. Gives the milliseconds to wait: 0
   * when the attempt may be made.
   */
  countAttempt(bucket: string, limit: number, window: number, now: number): Promise<number>
  forgetAttempts(bucket: string): Promise<void>
}
