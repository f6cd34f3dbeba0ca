import { accounts } from "./002-accounts.ts"
import { type ColumnTypes, keyOf } from "./column-types.ts"

/**
 * Accounts with their sessions, who may touch which engagement, invitations with any number of links each, what is mailed, what became of
 * a list's rows, and the audit log.
 */
export const people = (types: ColumnTypes): readonly string[] => [
  ...accounts(types),
  ...engagements(types),
  ...invitations(types),
  ...correspondence(types),
  ...inventories(types),
  ...audit(types),
]

const ofEngagement = "FOREIGN KEY (engagement) REFERENCES engagement (id) ON DELETE CASCADE"
const ofRespondent = "FOREIGN KEY (engagement, respondent) REFERENCES respondent (engagement, id) ON DELETE CASCADE"
const ofDomain = "FOREIGN KEY (engagement, domain) REFERENCES domain (engagement, id) ON DELETE CASCADE"

const engagements = ({ text, integer }: ColumnTypes): readonly string[] => [
  `ALTER TABLE engagement ADD COLUMN confidentiality ${text} NOT NULL DEFAULT 'named' CHECK (confidentiality IN ('named', 'role'))`,
  `ALTER TABLE engagement ADD COLUMN closes_at ${integer}`,
  `ALTER TABLE engagement ADD COLUMN archived_at ${integer}`,
  // JSON list of ISO dates on which those who have not submitted are reminded.
  `ALTER TABLE engagement ADD COLUMN remind_on ${text} NOT NULL DEFAULT '[]'`,
]

/** One invitation a person, any number of links to it: each mail and each printed sheet has a link of its own, all of them end together. */
const invitations = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  const ofInvitation = "FOREIGN KEY (engagement, respondent) REFERENCES invitation (engagement, respondent) ON DELETE CASCADE"
  return [
    `CREATE TABLE invitation (
      ${key("engagement")}, ${key("respondent")},
      issued_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      revoked_at ${integer},
      last_used_at ${integer},
      unsubscribed_at ${integer},
      PRIMARY KEY (engagement, respondent),
      ${ofRespondent}
    ) ${strict}`,
    `INSERT INTO invitation (engagement, respondent, issued_at, expires_at, revoked_at, last_used_at)
      SELECT engagement, respondent, issued_at, expires_at, revoked_at, last_used_at FROM link`,
    `CREATE TABLE personal_link (
      ${key("engagement")}, ${key("respondent")}, ${key("token_hash")},
      issued_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, respondent, token_hash),
      UNIQUE (token_hash),
      ${ofInvitation}
    ) ${strict}`,
    `INSERT INTO personal_link (engagement, respondent, token_hash, issued_at)
      SELECT engagement, respondent, token_hash, issued_at FROM link`,
    `CREATE TABLE respondent_session (
      ${key("engagement")}, ${key("respondent")}, ${key("session_hash")},
      expires_at ${integer} NOT NULL,
      seen_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, respondent, session_hash),
      UNIQUE (session_hash),
      ${ofInvitation}
    ) ${strict}`,
    `INSERT INTO respondent_session (engagement, respondent, session_hash, expires_at, seen_at)
      SELECT engagement, respondent, session_hash, expires_at, 0 FROM session`,
    "DROP TABLE session",
    "DROP TABLE link",
    // A colleague whom a respondent names, in their own place or for one section.
    `CREATE TABLE suggestion (
      ${key("engagement")}, ${key("id")}, ${key("respondent")},
      kind ${text} NOT NULL CHECK (kind IN ('instead', 'section')),
      domain ${text},
      dimension ${text},
      name ${text} NOT NULL,
      email ${text},
      note ${text},
      made_at ${integer} NOT NULL,
      decided_at ${integer},
      outcome ${text} CHECK (outcome IN ('added', 'declined', 'withdrawn')),
      PRIMARY KEY (engagement, id),
      CHECK ((kind = 'section') = (dimension IS NOT NULL)),
      CHECK ((decided_at IS NULL) = (outcome IS NULL)),
      ${ofRespondent}, ${ofDomain}
    ) ${strict}`,
    "CREATE INDEX suggestion_by_respondent ON suggestion (engagement, respondent)",
    "CREATE INDEX suggestion_by_domain ON suggestion (engagement, domain)",
  ]
}

const correspondence = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  return [
    // What is to be sent and what came of it. It holds no link: that is made when the message leaves.
    `CREATE TABLE message (
      ${key("engagement")}, ${key("id")}, ${key("respondent")},
      kind ${text} NOT NULL CHECK (kind IN ('invitation', 'reminder')),
      account ${text},
      created_at ${integer} NOT NULL,
      due_at ${integer},
      sent_at ${integer},
      tries ${integer} NOT NULL,
      problem ${text},
      PRIMARY KEY (engagement, id),
      ${ofRespondent}
    ) ${strict}`,
    "CREATE INDEX message_by_respondent ON message (engagement, respondent)",
    "CREATE INDEX message_due ON message (due_at)",
    // Days on which an engagement's reminders were put out, so that no restart and no second process does it again.
    `CREATE TABLE reminder_day (
      ${key("engagement")}, ${key("day")},
      done_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, day),
      ${ofEngagement}
    ) ${strict}`,
  ]
}

const inventories = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  return [
    // The respondent who is asked to fill in the row; null for everybody.
    `ALTER TABLE inventory_row ADD COLUMN owner ${text}`,
    // When the owner last saved it; null while it waits for them.
    `ALTER TABLE inventory_row ADD COLUMN filled_at ${integer}`,
    `CREATE TABLE inventory_row_revision (
      ${key("engagement")}, ${key("domain")}, ${key("question")}, ${key("id")},
      revision ${integer} NOT NULL,
      position ${integer} NOT NULL,
      content ${text},
      owner ${text},
      filled_at ${integer},
      saved_at ${integer} NOT NULL,
      account ${text},
      respondent ${text},
      PRIMARY KEY (engagement, domain, question, id, revision),
      ${ofDomain}
    ) ${strict}`,
    `INSERT INTO inventory_row_revision (engagement, domain, question, id, revision, position, content, saved_at)
      SELECT engagement, domain, question, id, revision, position, content, saved_at FROM inventory_row`,
  ]
}

const audit = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  return [
    `CREATE TABLE audit (
      number ${integer} NOT NULL,
      at ${integer} NOT NULL,
      ${key("actor")}, ${key("action")},
      engagement ${text},
      subject ${text},
      detail ${text} NOT NULL,
      ${key("hash")},
      PRIMARY KEY (number)
    ) ${strict}`,
    "CREATE INDEX audit_by_engagement ON audit (engagement, number)",
    ...types.appendOnly("audit"),
  ]
}
