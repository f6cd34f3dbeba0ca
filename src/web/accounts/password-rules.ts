/** What a new password must be like. */

const least = 12
const longest = 128

/** Passwords that are tried first everywhere, in lower case; read when first needed. */
let common: Promise<ReadonlySet<string>> | undefined

const commonPasswords = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import("@zxcvbn-ts/language-common")
  return new Set(dictionary["passwords-common"])
}

/** What to do about the password, or `undefined` when it will do. `about` holds words that others know: the name, the address. */
export const passwordProblem = async (password: string, about: readonly string[]): Promise<string | undefined> => {
  const length = password.match(/./gsu)?.length ?? 0
  if (length < least) return `Use at least ${least} characters, for example four unrelated words`
  if (length > longest) return `Use at most ${longest} characters`
  if (!password.isWellFormed() || password.includes("\u0000")) return "Use characters that can be typed"
  const plain = password.toLowerCase()
  if (new Set(plain).size < 5) return "Use more than four different characters"
  const known = wordsOf(about).find((word) => plain.includes(word))
  if (known !== undefined) return `Leave out “${known}”: it is easy to guess with your name, your address or this program`
  common ??= commonPasswords()
  return isCommon(plain, await common) ? "Use another password: this one is among those that are tried first" : undefined
}

const wordsOf = (about: readonly string[]): readonly string[] =>
  ["headwater", ...about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= 4)

/** Also with figures and signs around it, or said twice. */
const isCommon = (plain: string, list: ReadonlySet<string>): boolean => {
  const bare = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
  const half = plain.slice(0, Math.ceil(plain.length / 2))
  return list.has(plain) || (bare.length >= 4 && list.has(bare)) || (plain === half + half && list.has(half))
}
