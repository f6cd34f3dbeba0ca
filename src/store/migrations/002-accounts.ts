import { type ColumnTypes, keyOf } from "./column-types.ts"

const ofAccount = "FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE"
const ofEngagement = "FOREIGN KEY (engagement) REFERENCES engagement (id) ON DELETE CASCADE"

/** Accounts, what proves who somebody is, their sessions, and who may touch which engagement. */
export const accounts = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  return [
    `CREATE TABLE account (
      ${key("id")}, ${key("email")},
      name ${text} NOT NULL,
      role ${text} NOT NULL CHECK (role IN ('administrator', 'consultant', 'reader')),
      password ${text},
      totp_secret ${text},
      totp_since ${integer},
      totp_step ${integer} NOT NULL,
      created_at ${integer} NOT NULL,
      disabled_at ${integer},
      PRIMARY KEY (id),
      UNIQUE (email)
    ) ${strict}`,
    `CREATE TABLE recovery_code (
      ${key("account")}, ${key("code_hash")},
      used_at ${integer},
      PRIMARY KEY (account, code_hash),
      ${ofAccount}
    ) ${strict}`,
    `CREATE TABLE account_identity (
      ${key("issuer")}, ${key("subject")}, ${key("account")},
      PRIMARY KEY (issuer, subject),
      ${ofAccount}
    ) ${strict}`,
    `CREATE TABLE account_session (
      ${key("session_hash")}, ${key("id")}, ${key("account")},
      created_at ${integer} NOT NULL,
      seen_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      confirmed_at ${integer} NOT NULL,
      step ${text} NOT NULL CHECK (step IN ('second-factor', 'enrol', 'open')),
      browser ${text} NOT NULL,
      address ${text} NOT NULL,
      PRIMARY KEY (session_hash),
      UNIQUE (account, id),
      ${ofAccount}
    ) ${strict}`,
    `CREATE TABLE account_token (
      ${key("token_hash")},
      purpose ${text} NOT NULL CHECK (purpose IN ('set-up', 'password')),
      account ${text},
      created_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      PRIMARY KEY (token_hash),
      CHECK ((purpose = 'set-up') = (account IS NULL)),
      ${ofAccount}
    ) ${strict}`,
    `CREATE TABLE sign_on (
      ${key("state_hash")},
      content ${text} NOT NULL,
      expires_at ${integer} NOT NULL,
      PRIMARY KEY (state_hash)
    ) ${strict}`,
    `CREATE TABLE attempt (
      ${key("bucket")},
      count ${integer} NOT NULL,
      since ${integer} NOT NULL,
      PRIMARY KEY (bucket)
    ) ${strict}`,
    `CREATE TABLE membership (
      ${key("engagement")}, ${key("account")},
      role ${text} NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
      added_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, account),
      ${ofEngagement}, ${ofAccount}
    ) ${strict}`,
    "CREATE INDEX membership_by_account ON membership (account)",
    "CREATE INDEX account_session_by_account ON account_session (account)",
    "CREATE INDEX account_token_by_account ON account_token (account)",
    "CREATE INDEX account_identity_by_account ON account_identity (account)",
  ]
}
