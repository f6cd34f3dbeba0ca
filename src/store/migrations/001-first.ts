import type { ColumnTypes } from "./column-types.ts"

/** The first schema: the same columns, keys and checks on both engines. */
export const first = ({ text, integer, strict }: ColumnTypes): readonly string[] => {
  const key = `${text} NOT NULL CHECK (length(TYPED) BETWEEN 1 AND 200)`
  const id = (name: string): string => `${name} ${key.replace("TYPED", name)}`
  const flag = (name: string): string => `${name} ${integer} NOT NULL CHECK (${name} IN (0, 1))`
  const counter = (name: string, least: number): string => `${name} ${integer} NOT NULL CHECK (${name} >= ${least})`
  const respondent = `FOREIGN KEY (engagement, respondent) REFERENCES respondent (engagement, id) ON DELETE CASCADE`
  const domain = `FOREIGN KEY (engagement, domain) REFERENCES domain (engagement, id) ON DELETE CASCADE`
  const engagement = `FOREIGN KEY (engagement) REFERENCES engagement (id) ON DELETE CASCADE`
  const evidence = `evidence ${text} CHECK (evidence IN ('claim', 'document', 'observed', 'measured'))`
  const state = `
      status ${text} NOT NULL CHECK (status IN ('answered', 'dont-know', 'not-applicable', 'draft', 'cleared')),
      content ${text},
      saved_at ${integer},
      CHECK ((status = 'cleared') = (content IS NULL))`

  return [
    `CREATE TABLE questionnaire (
      ${id("hash")}, ${id("id")}, ${id("version")},
      doc ${text} NOT NULL,
      PRIMARY KEY (hash)
    ) ${strict}`,
    `CREATE TABLE engagement (
      ${id("id")},
      title ${text} NOT NULL,
      client ${text} NOT NULL,
      plan ${text} NOT NULL,
      questionnaire_hash ${text} NOT NULL REFERENCES questionnaire (hash),
      ${counter("revision", 1)},
      created_at ${integer} NOT NULL,
      changed_at ${integer} NOT NULL,
      PRIMARY KEY (id)
    ) ${strict}`,
    `CREATE TABLE domain (
      ${id("engagement")}, ${id("id")},
      name ${text} NOT NULL,
      description ${text},
      ${counter("position", 1)},
      PRIMARY KEY (engagement, id),
      ${engagement}
    ) ${strict}`,
    `CREATE TABLE respondent (
      ${id("engagement")}, ${id("id")},
      name ${text} NOT NULL,
      ${id("role")},
      email ${text},
      domains ${text},
      ${counter("position", 1)},
      submitted_at ${integer},
      PRIMARY KEY (engagement, id),
      ${engagement}
    ) ${strict}`,
    `CREATE TABLE link (
      ${id("engagement")}, ${id("respondent")},
      ${id("token_hash")},
      issued_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      revoked_at ${integer},
      last_used_at ${integer},
      PRIMARY KEY (engagement, respondent),
      UNIQUE (token_hash),
      ${respondent}
    ) ${strict}`,
    `CREATE TABLE session (
      ${id("engagement")}, ${id("respondent")}, ${id("session_hash")},
      expires_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, respondent, session_hash),
      UNIQUE (session_hash),
      FOREIGN KEY (engagement, respondent) REFERENCES link (engagement, respondent) ON DELETE CASCADE
    ) ${strict}`,
    `CREATE TABLE answer (
      ${id("engagement")}, ${id("respondent")}, ${id("domain")}, ${id("question")},
      ${counter("revision", 1)}, ${state},
      PRIMARY KEY (engagement, respondent, domain, question),
      ${respondent}, ${domain}
    ) ${strict}`,
    `CREATE TABLE answer_revision (
      ${id("engagement")}, ${id("respondent")}, ${id("domain")}, ${id("question")},
      ${counter("revision", 1)},
      key ${text} CHECK (length(key) BETWEEN 1 AND 200), ${state},
      PRIMARY KEY (engagement, respondent, domain, question, revision),
      UNIQUE (engagement, respondent, domain, question, key),
      ${respondent}, ${domain}
    ) ${strict}`,
    `CREATE TABLE inventory (
      ${id("engagement")}, ${id("domain")}, ${id("question")},
      ${evidence},
      ${flag("stated_none")},
      ${counter("revision", 0)},
      PRIMARY KEY (engagement, domain, question),
      ${domain}
    ) ${strict}`,
    `CREATE TABLE inventory_row (
      ${id("engagement")}, ${id("domain")}, ${id("question")}, ${id("id")},
      ${counter("position", 1)},
      content ${text} NOT NULL,
      ${counter("revision", 1)},
      saved_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, domain, question, id),
      FOREIGN KEY (engagement, domain, question) REFERENCES inventory (engagement, domain, question) ON DELETE CASCADE
    ) ${strict}`,
    `CREATE TABLE decision (
      ${id("engagement")}, ${id("domain")}, ${id("question")},
      content ${text} NOT NULL,
      decided_at ${integer},
      PRIMARY KEY (engagement, domain, question),
      ${domain}
    ) ${strict}`,
    `CREATE TABLE override_ (
      ${id("engagement")}, ${id("initiative")},
      scope ${text} NOT NULL,
      domain ${text},
      action ${text} NOT NULL CHECK (action IN ('include', 'drop', 'move', 'effort')),
      content ${text} NOT NULL,
      ${counter("position", 1)},
      PRIMARY KEY (engagement, initiative, scope, action),
      CHECK (scope = coalesce(domain, '')),
      ${engagement}, ${domain}
    ) ${strict}`,
    // Deleting a domain looks for its answers, and their keys begin with the respondent.
    `CREATE INDEX override_by_domain ON override_ (engagement, domain)`,
    `CREATE INDEX engagement_by_questionnaire ON engagement (questionnaire_hash)`,
    `CREATE TABLE meta (
      ${id("name")},
      value ${integer} NOT NULL,
      PRIMARY KEY (name)
    ) ${strict}`,
  ]
}
