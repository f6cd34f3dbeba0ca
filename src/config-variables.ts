/** What each variable of the environment is for, as the help of `serve` shows it. */
export const variables: Readonly<Record<string, string>> = {
  PORT: "port to listen on; 3000 when absent, 0 for any free one",
  HOST: "address to listen on; 127.0.0.1 when absent, and only this machine's own",
  DATA_DIR: 'folder of the embedded database; "data" when absent',
  DATABASE_URL: "postgres://… uses that database instead of the embedded one",
  PUBLIC_URL: "https://… address that people open, when it is not the one printed",
  LOG_LEVEL: 'trace, debug, info, warn, error, fatal or silent; "warn" when absent',
  LINK_DAYS: "days that a personal link works; 30 when absent",
  SAVES_PER_MINUTE: "answers one respondent may save in a minute; 120 when absent",
}
