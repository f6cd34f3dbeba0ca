/** An http address of a whole site, without a slash at the end; `undefined` when the text is something else. */
export function shownUrl(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const whole = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === ""
  return whole ? url.origin : undefined
}

/** The address of a server that listens on `host` and `port`. */
export function localUrl(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`
}
