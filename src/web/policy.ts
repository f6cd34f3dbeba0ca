/**
 * Who may do what: every actor × resource × action of the site, in this one table. A route names a line of it, so one without a policy
 * does not compile; the tests are made from this table and from the routes.
 */

/** Nobody in particular; a respondent with a session; an account by its role; a member by their role in the engagement of the address. */
export type ActorKind =
  | "anybody"
  | "respondent"
  | "administrator"
  | "consultant"
  | "reader"
  | "owner"
  | "editor"
  | "member-reader"

export const policy = {
  // resource.action        who
  "health.see": ["anybody"],
  "sign-in.use": ["anybody"],
  "set-up.use": ["anybody"],
  "link.open": ["anybody"],

  "response.see": ["respondent"],
  "response.answer": ["respondent"],
  "response.submit": ["respondent"],

  "own-account.see": ["administrator", "consultant", "reader"],
  "own-account.change": ["administrator", "consultant", "reader"],
  "accounts.see": ["administrator"],
  "accounts.change": ["administrator"],
  "audit.see": ["administrator"],
  "engagements.list": ["administrator", "consultant", "reader"],
  "engagements.add": ["administrator", "consultant"],

  // An administrator is an owner of every engagement.
  "engagement.see": ["owner", "editor", "member-reader"],
  "engagement.change": ["owner", "editor"],
  "engagement.export": ["owner", "editor"],
  "engagement.own": ["owner"],
  "members.see": ["owner", "editor"],
  "members.change": ["owner"],
  "people.see": ["owner", "editor"],
  "people.change": ["owner", "editor"],
  "lists.see": ["owner", "editor"],
  "lists.change": ["owner", "editor"],
  "lists.export": ["owner", "editor"],
  "estate.see": ["owner", "editor", "member-reader"],
  "estate.change": ["owner", "editor"],
} as const satisfies Readonly<Record<string, readonly ActorKind[]>>

export type Permission = keyof typeof policy

/** The actors that a permission names. */
export const actorsOf = (permission: Permission): readonly ActorKind[] => policy[permission]
