/** Who may touch an engagement: seen by owners and editors, changed by owners. */
import type { Member, MemberRole } from "../store/store.ts"
import { withProof } from "./accounts/proof.ts"
import { engagementFrame, type EngagementVisit, gone, inEngagement, withDone } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { page, redirect, type Reply } from "./respond.ts"
import type { Fields, Tools } from "./visit.ts"

const ROLES: Readonly<Record<MemberRole, { readonly name: string; readonly may: string }>> = {
  owner: { name: "Owner", may: "Also shares, archives and erases the engagement" },
  editor: { name: "Editor", may: "Changes everything in it, people and answers included" },
  reader: { name: "Reader", may: "Reads results and report, without names and addresses" },
}

export const showMembers = inEngagement((visit, on) => membersPage(visit, on, { role: "editor" }, []))

/** Shares the engagement with a colleague, named by their e-mail address. */
export const addMember = inEngagement(
  async (visit, on) => {
    const email = typed(visit.form["email"]).trim().toLowerCase()
    const role = roleIn(visit.form)
    const problems: PageProblem[] = []
    const members = (await on.store.listMembers(visit.engagementScope)) ?? []
    // An administrator may become a member too: of an engagement whose owners have left, for example.
    const accounts = [visit.session.account, ...(await on.store.listColleagues(visit.by))]
    const colleague = accounts.find((one) => one.email === email)
    if (email === "") problems.push({ target: "email", message: "Enter the e-mail address of a colleague's account" })
    else if (members.some((one) => one.email === email)) {
      problems.push({ target: "email", message: "This colleague is a member already; open their name to change the role" })
    } else if (colleague === undefined) problems.push({ target: "email", message: noAccount })
    if (role === undefined) problems.push({ target: "role", message: "Select what the colleague may do" })
    if (colleague === undefined || role === undefined || problems.length > 0) return membersPage(visit, on, visit.form, problems)
    return saved(visit, on, colleague.id, role, (problem) => membersPage(visit, on, visit.form, [problem]))
  },
  { whileArchived: true },
)

const noAccount = "Enter the address of an account: nobody signs in with this one. An administrator can add an account"

/** One member: another role, or no membership any more. */
export const showMember = withProof(
  inEngagement(async (visit, { store }) => {
    const member = await memberOf(visit, store)
    return member === undefined ? notMember(visit) : memberPage(visit, member, member.role, [])
  }),
)

const notMember = (visit: EngagementVisit): Reply => gone(visit, "This colleague is no member any more")

export const changeMember = inEngagement(
  async (visit, on) => {
    const member = await memberOf(visit, on.store)
    if (member === undefined) return notMember(visit)
    const role = roleIn(visit.form)
    if (role === undefined) {
      return memberPage(visit, member, undefined, [{ target: "role", message: "Select what the colleague may do" }])
    }
    return saved(visit, on, member.account, role, (problem) => memberPage(visit, member, role, [problem]))
  },
  { whileArchived: true },
)

/** Who does it to themselves sees the engagement no more. */
export const removeMember = withProof(
  inEngagement(
    async (visit, { store }) => {
      const member = await memberOf(visit, store)
      const done = member && (await store.removeMember(visit.engagementScope, member.account, visit.now))
      if (member === undefined || done === "gone") return notMember(visit)
      if (done === "last-owner") return memberPage(visit, member, member.role, [lastOwner])
      return isOneself(visit, member.account) ? redirect("/") : redirect(withDone(`${visit.home}/members`, "member-removed"))
    },
    { whileArchived: true },
  ),
)

const lastOwner: PageProblem = {
  target: "role",
  message: "Make somebody else an owner first: an engagement always has an owner whose account works",
}

const PROBLEMS: Readonly<Record<"gone" | "last-owner" | "reader-account", PageProblem>> = {
  gone: { target: "role", message: "Choose another colleague: this account is disabled or not there any more" },
  "last-owner": lastOwner,
  "reader-account": {
    target: "role",
    message: "Select “Reader”: the account of this colleague only reads. An administrator can give it another role",
  },
}

const saved = async (
  visit: EngagementVisit,
  { store }: Tools,
  account: string,
  role: MemberRole,
  refused: (problem: PageProblem) => Promise<Reply> | Reply,
): Promise<Reply> => {
  const outcome = await store.saveMember(visit.engagementScope, account, role, visit.now)
  if (outcome !== "saved") return refused(PROBLEMS[outcome])
  // Who gives their own ownership away may not see the members any more.
  const mayStay = role !== "reader" || !isOneself(visit, account)
  return redirect(withDone(mayStay ? `${visit.home}/members` : visit.home, "member"))
}

const isOneself = (visit: EngagementVisit, account: string): boolean =>
  visit.session.account.id === account && visit.session.account.role !== "administrator"

const roleIn = (form: Fields): MemberRole | undefined => {
  const role = typed(form["role"])
  return Object.hasOwn(ROLES, role) ? (role as MemberRole) : undefined
}

const memberOf = async (visit: EngagementVisit, store: Tools["store"]): Promise<Member | undefined> =>
  (await store.listMembers(visit.engagementScope))?.find(({ account }) => account === visit.params["account"])

const roleField = (chosen: string | undefined, problems: readonly PageProblem[]) => ({
  id: "role",
  name: "role",
  label: "What they may do",
  error: errorOf(problems, "role"),
  choices: Object.entries(ROLES).map(([value, { name, may }]) => ({ value, text: name, hint: may, checked: value === chosen })),
})

const membersPage = async (
  visit: EngagementVisit,
  { store }: Tools,
  form: Fields,
  problems: readonly PageProblem[],
): Promise<Reply> => {
  const members = (await store.listMembers(visit.engagementScope)) ?? []
  const colleagues = await store.listColleagues(visit.by)
  const others = colleagues.filter(({ id }) => !members.some(({ account }) => account === id))
  return page(
    "engagements/members",
    engagementFrame(visit, "overview", "Members", {
      width: "page",
      problems,
      back: { href: visit.home, text: "Overview" },
    }),
    {
      home: visit.home,
      owns: visit.standing === "owner",
      members: members.map(({ account, name, email, role, disabled }) => ({
        href: `${visit.home}/members/${encodeURIComponent(account)}`,
        name: account === visit.session.account.id ? `${name} (you)` : name,
        email,
        role: ROLES[role].name,
        disabled,
      })),
      email: {
        id: "email",
        name: "email",
        label: "E-mail address of the colleague's account",
        hint: "Type it, or choose one of the list",
        value: typed(form["email"]),
        error: errorOf(problems, "email"),
        inputmode: "email",
        spellcheck: false,
        list: "colleagues",
      },
      colleagues: others.map(({ name, email }) => ({ name, email })),
      role: roleField(typed(form["role"]), problems),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const memberPage = (
  visit: EngagementVisit,
  member: Member,
  role: MemberRole | undefined,
  problems: readonly PageProblem[],
): Reply =>
  page(
    "engagements/member",
    engagementFrame(visit, "overview", member.name, {
      width: "form",
      problems,
      back: { href: `${visit.home}/members`, text: "Members" },
    }),
    {
      member: { name: member.name, email: member.email, disabled: member.disabled },
      action: `${visit.home}/members/${encodeURIComponent(member.account)}`,
      oneself: member.account === visit.session.account.id,
      role: roleField(role, problems),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
