import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { StoreBusy } from "../../store/store.ts"

const derive = promisify(argon2)

/** argon2id: 19 MiB, two passes, one lane (OWASP's first choice). */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

const most = { atOnce: 2, waiting: 50 }
let running = 0
const waiting: (() => void)[] = []

/** Two hashes at once and fifty in line: each takes 19 MiB and 40 ms of a core, and the site must go on answering. */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= most.atOnce) {
    if (waiting.length >= most.waiting) throw new StoreBusy("Too many people sign in at this moment. Try again.")
    await new Promise<void>((resume) => waiting.push(resume))
  }
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

const tagOf = (password: string, nonce: Buffer, { memory, passes, parallelism }: typeof parameters): Promise<Buffer> =>
  inTurn(() => derive("argon2id", { message: password.normalize("NFC"), nonce, memory, passes, parallelism, tagLength }))

/** The password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(16)
  const { memory, passes, parallelism } = parameters
  const tag = await tagOf(password, nonce, parameters)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "")

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{43})$/

/** A hash of nothing anybody knows: an unknown name then costs as much time as a wrong password. */
let nobody: Promise<string> | undefined

/**
 * Whether it is the password of the PHC string, and whether that should be made anew with today's parameters. Without one it takes as long,
 * and is wrong.
 */
export const checkPassword = async (
  phc: string | undefined,
  password: string,
): Promise<{ readonly right: boolean; readonly outdated: boolean }> => {
  nobody ??= hashPassword(randomBytes(32).toString("hex"))
  const [, memory, passes, parallelism, salt = "", tag = ""] = PHC.exec(phc ?? (await nobody)) ?? []
  if (tag === "") return { right: false, outdated: false }
  const used = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const found = await tagOf(password, Buffer.from(salt, "base64"), used)
  const right = timingSafeEqual(found, Buffer.from(tag, "base64")) && phc !== undefined
  return { right, outdated: used.memory !== parameters.memory || used.passes !== parameters.passes }
}
