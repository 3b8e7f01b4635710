// What lies on the device is sealed: AES-GCM under the device's data key. The key comes from the server after a login;
// on the device it lies only wrapped under a passphrase (PBKDF2), and in memory while the pages are open.
// docs/decisions/0007-what-is-taken-along.md says why.
export interface Sealed { iv: Uint8Array; bytes: ArrayBuffer }
export interface Lock { salt: Uint8Array; rounds: number; wrapped: Sealed }

// OWASP's number for PBKDF2 with SHA-256 (2023): about half a second on a phone of these years.
export const ROUNDS = 600_000

type Bytes = Uint8Array<ArrayBuffer>
const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n))
const text = (s: string): Bytes => new TextEncoder().encode(s) as Bytes
const unhex = (s: string): Bytes => Uint8Array.from(s.match(/../g) ?? [], (b) => parseInt(b, 16)) as Bytes

const encrypt = async (key: CryptoKey, bytes: BufferSource, about: string): Promise<Sealed> => {
  const iv = random(12)
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text(about) }, key, bytes) }
}
const decrypt = (key: CryptoKey, of: Sealed, about: string): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv: of.iv as Bytes, additionalData: text(about) }, key, of.bytes)

/** The data key, ready to use and no longer to be read out. `hex`: 64 digits, as the server gives it. */
export const keyOf = (hex: string): Promise<CryptoKey> => crypto.subtle.importKey('raw', unhex(hex), 'AES-GCM', false, ['encrypt', 'decrypt'])

async function wrapping(passphrase: string, salt: Uint8Array, rounds: number): Promise<CryptoKey> {
  const from = await crypto.subtle.importKey('raw', text(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: salt as Bytes, iterations: rounds }, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** The data key under a passphrase; `device` belongs to it, so that no lock of another device fits. */
export async function lockUp(hex: string, passphrase: string, device: string, rounds = ROUNDS): Promise<Lock> {
  const salt = random(16)
  return { salt, rounds, wrapped: await encrypt(await wrapping(passphrase, salt, rounds), unhex(hex), `key ${device}`) }
}
/** The data key; null: the passphrase is wrong. */
export async function unlock(lock: Lock, passphrase: string, device: string): Promise<CryptoKey | null> {
  const key = await wrapping(passphrase, lock.salt, lock.rounds)
  try {
    const raw = await decrypt(key, lock.wrapped, `key ${device}`)
    return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  } catch {
    return null
  }
}

/** `about` names what it is: nothing sealed for one place opens in another. */
export const seal = (key: CryptoKey, value: unknown, about: string): Promise<Sealed> => encrypt(key, text(JSON.stringify(value)), about)
export const sealBytes = (key: CryptoKey, bytes: ArrayBuffer, about: string): Promise<Sealed> => encrypt(key, bytes, about)
/** null: it is not sealed under this key, or was changed. */
export async function open<T>(key: CryptoKey, of: Sealed, about: string): Promise<T | null> {
  try {
    return JSON.parse(new TextDecoder().decode(await decrypt(key, of, about))) as T
  } catch {
    return null
  }
}
export async function openBytes(key: CryptoKey, of: Sealed, about: string): Promise<ArrayBuffer | null> {
  try {
    return await decrypt(key, of, about)
  } catch {
    return null
  }
}
