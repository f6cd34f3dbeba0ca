/** Codes of an authenticator app (RFC 6238: six digits, 30 seconds, SHA-1) and recovery codes for the day the phone is gone. */
import { createHash, randomBytes } from "node:crypto"
import { Secret, TOTP } from "otpauth"

const period = 30

/** A new secret: 160 bits, base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What the QR code says, and what can be typed by hand. */
export const enrolmentAddress = (secret: string, email: string): string => totp(secret, email).toString()

const totp = (secret: string, label = "account"): TOTP =>
  new TOTP({ issuer: "Headwater", label, secret: Secret.fromBase32(secret), digits: 6, period, algorithm: "SHA1" })

/** The step of time that the code belongs to, one before or after now at most; `undefined` when it is wrong. */
export const stepOfCode = (secret: string, code: string, now: number): number | undefined => {
  const digits = code.replaceAll(/\s/g, "")
  if (!/^\d{6}$/.test(digits)) return undefined
  const delta = totp(secret).validate({ token: digits, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / 1000 / period) + delta
}

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"

/** Ten codes of 60 bits each, shown once. */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: 10 }, () => {
    const letters = [...randomBytes(12)].map((byte) => ALPHABET[byte % ALPHABET.length])
    return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((part) => part.join("")).join("-")
  })

/** Typed with or without dashes, in capitals or not. */
export const recoveryCodeHash = (code: string): string =>
  createHash("sha256")
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ""))
    .digest("hex")
