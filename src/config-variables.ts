/** What each variable of the environment is for, as the help of `serve` shows it. */
export const variables: Readonly<Record<string, string>> = {
  PORT: "port to listen on; 3000 when absent, 0 for any free one",
  HOST: "address to listen on; 127.0.0.1 when absent; another one needs PUBLIC_URL and an administrator",
  DATA_DIR: 'folder of the embedded database; "data" when absent',
  DATABASE_URL: "postgres://… uses that database instead of the embedded one",
  PUBLIC_URL: "https://… address that people open, when it is not the one printed",
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent; "warn" when absent',
  LINK_DAYS: "days that a personal link works; 30 when absent",
  SAVES_PER_MINUTE: "answers one respondent may save in a minute; 120 when absent",
  TRUST_PROXY: "your proxies' addresses or ranges, with commas between; they say where requests come from",
  SMTP_URL: "smtps://user:password@host: the mail server for invitations and reminders",
  MAIL_FROM: "sender of those mails, such as Headwater <headwater@example.com>",
  OIDC_ISSUER: "https://… address of an OpenID provider, for single sign-on",
  OIDC_CLIENT_ID: "how that provider knows Headwater",
  OIDC_CLIENT_SECRET: "the secret that goes with it",
  OIDC_NAME: 'what the button says; "Single sign-on" when absent',
}
