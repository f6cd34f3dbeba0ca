import { type ColumnTypes, keyOf } from "./column-types.ts"

const ofDomain = "FOREIGN KEY (engagement, domain) REFERENCES domain (engagement, id) ON DELETE CASCADE"
const ofEngagement = "FOREIGN KEY (engagement) REFERENCES engagement (id) ON DELETE CASCADE"
const ofEstate = "FOREIGN KEY (engagement, estate) REFERENCES estate (engagement, id) ON DELETE CASCADE"

/**
 * What runs today in an engagement's domains: imports with their statements, the texts apart from them, so that all statements can be read
 * without any text, and what people decided by hand. A statement's key is the hash of its id, which may be longer than an index takes.
 */
export const estate = (types: ColumnTypes): readonly string[] => {
  const { text, integer, strict } = types
  const key = keyOf(types)
  return [
    `CREATE TABLE estate (
      ${key("engagement")}, ${key("id")}, ${key("domain")}, ${key("name")},
      state ${text} NOT NULL CHECK (state IN ('waiting', 'taken')),
      kind ${text} NOT NULL,
      imported_at ${integer} NOT NULL,
      account ${text},
      revision ${integer} NOT NULL,
      statements ${integer} NOT NULL,
      origin ${text} NOT NULL,
      sources ${text} NOT NULL,
      consumers ${text} NOT NULL,
      notices ${text} NOT NULL,
      upload ${text},
      PRIMARY KEY (engagement, id),
      ${ofEngagement}, ${ofDomain}
    ) ${strict}`,
    "CREATE INDEX estate_by_domain ON estate (engagement, domain, name)",
    `CREATE TABLE estate_statement (
      ${key("engagement")}, ${key("estate")},
      position ${integer} NOT NULL,
      ${key("key")},
      text_hash ${text},
      facts ${text} NOT NULL,
      PRIMARY KEY (engagement, estate, position),
      ${ofEstate}
    ) ${strict}`,
    `CREATE TABLE estate_text (
      ${key("engagement")}, ${key("estate")}, ${key("key")},
      content ${text} NOT NULL,
      PRIMARY KEY (engagement, estate, key),
      ${ofEstate}
    ) ${strict}`,
    `CREATE TABLE estate_decision (
      ${key("engagement")}, ${key("estate")}, ${key("key")},
      content ${text} NOT NULL,
      text_hash ${text},
      account ${text},
      decided_at ${integer} NOT NULL,
      PRIMARY KEY (engagement, estate, key),
      ${ofEstate}
    ) ${strict}`,
  ]
}
