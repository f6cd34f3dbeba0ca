import type { Actor, EngagementScope, ResponseScope } from "./scope.ts"

export type MessageKind = "invitation" | "reminder"

/**
 * What came of a message: it waits for its turn, was taken by the mail server, was refused for good by the recipient's side, was given up
 * after several tries, or was withheld because its recipient should not get it any more.
 */
export type MessageState = "waiting" | "sent" | "undeliverable" | "given-up" | "withheld"

export interface Message {
  readonly id: string
  readonly respondent: string
  readonly kind: MessageKind
  readonly state: MessageState
  readonly createdAt: number
  readonly sentAt?: number
  readonly tries: number
  /** What the mail server said, or one of `WithheldBecause`. */
  readonly problem?: string
}

/**
 * Why somebody gets no message: not there, no e-mail address, never invited (so there is nothing to remind of), handed in, revoked, wants
 * no reminders, has just got one or will, the engagement takes no more answers, or it has had its invitations for the day.
 */
export type WithheldBecause =
  | "gone"
  | "no-address"
  | "not-invited"
  | "submitted"
  | "revoked"
  | "unsubscribed"
  | "recent"
  | "closed"
  | "limit"

export interface Addressed {
  readonly respondent: string
  /** Absent for somebody who gets the message. */
  readonly withheld?: WithheldBecause
}

/** A message that is this process's to send until its lease ends. */
export interface ClaimedMessage {
  readonly engagement: string
  readonly id: string
  readonly kind: MessageKind
  readonly respondent: string
  readonly name: string
  readonly email: string
  /** How often it was claimed, this time included: only the last claim can settle it. */
  readonly tries: number
  /** The account that asked for it, or an owner of the engagement. */
  readonly asker?: { readonly name: string; readonly email: string }
}

export type MessageOutcome =
  | { readonly outcome: "sent" }
  | { readonly outcome: "undeliverable" | "given-up"; readonly problem: string }
  /** To be tried again; a fault of the mail server as a whole does not count as a try of this message. */
  | { readonly outcome: "waiting"; readonly dueAt: number; readonly problem: string; readonly counts: boolean }

/** What is mailed to respondents. The table is the truth: a message that was put out is sent once, or what became of it is shown. */
export interface MessageStore {
  /** Who of these would get such a message now; changes nothing. `undefined` when the actor may not send any. */
  addressees(
    scope: EngagementScope,
    kind: MessageKind,
    respondents: readonly string[],
    now: number,
  ): Promise<readonly Addressed[] | undefined>
  /** Puts messages out for those who should get one, and makes their invitation work until `expiresAt` at least. */
  putOutMessages(
    scope: EngagementScope,
    kind: MessageKind,
    messages: readonly { readonly id: string; readonly respondent: string }[],
    expiresAt: number,
    now: number,
  ): Promise<readonly Addressed[] | undefined>
  /** Puts out the reminders of a day that engagements chose, once for each; gives their number. For the program alone. */
  putOutReminders(by: Actor, day: string, newId: () => string, expiresAt: number, now: number): Promise<number>
  /**
   * Takes the message that has been due for longest, gives its recipient one more link, and hides it from others until `now + lease`. Who
   * should not get it any more is looked up in the same transaction. `again` when that one was withheld or somebody else's; `undefined` when
   * nothing is due. For the program alone.
   */
  claimMessage(
    by: Actor,
    link: { readonly tokenHash: string; readonly expiresAt: number },
    lease: number,
    now: number,
  ): Promise<ClaimedMessage | "again" | undefined>
  /** False when the claim has ended and somebody else has the message. */
  settleMessage(
    by: Actor,
    message: Pick<ClaimedMessage, "engagement" | "id" | "tries">,
    outcome: MessageOutcome,
    now: number,
  ): Promise<boolean>
  /** Newest first; of one respondent or of all. Not for respondents. */
  listMessages(scope: EngagementScope, respondent?: string): Promise<readonly Message[]>
  /** Notes that somebody wants no reminders, or wants them again; false when it is so already. */
  stopReminders(scope: ResponseScope, stopped: boolean, now: number): Promise<boolean>
}
