/** Identifiers: 128 random bits, lower-case base32 (RFC 4648 alphabet), 26 characters, no prefix and no time inside. */
declare const kind: unique symbol
type Id<K extends string> = string & { readonly [kind]: K }

export type HomeId = Id<'home'>
export type SubjectId = Id<'subject'>
export type RoomId = Id<'room'>
export type FloorId = Id<'floor'>
export type DeviceId = Id<'device'>
export type CommandId = Id<'command'>
export type ConnectionId = Id<'connection'>
export type CredentialId = Id<'credential'>
export type OnboardingId = Id<'onboarding'>
export type SceneId = Id<'scene'>
export type AutomationId = Id<'automation'>
export type MeterId = Id<'meter'>
export type CorrectionId = Id<'correction'>
export type CalendarId = Id<'calendar'>
export type HookId = Id<'hook'>
export type RunId = Id<'run'>

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
export const idPattern = /^[a-z2-7]{26}$/

/** Encodes bytes in lower-case base32 without padding. */
export function base32(bytes: Uint8Array): string {
  let out = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      out += alphabet[(held >>> (bits - 5)) & 31]
      bits -= 5
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? out + alphabet[(held << (5 - bits)) & 31] : out
}

/** Random bytes are fetched for many identifiers at once: asking the system for each costs more than all the rest. */
const pool = new Uint8Array(4_096)
let used = pool.length

function fromPool(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (used + bytes.length > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = pool[used]!
    pool[used++] = 0
  }
  return bytes
}

const codes = Array.from(alphabet, (letter) => letter.charCodeAt(0))
const bytes = new Uint8Array(16)
const letters: number[] = Array.from({ length: 26 }, () => 0)

/** Makes a new identifier from 128 random bits. */
export function newId<T extends string = string>(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = fromPool,
): T {
  const drawn = random(bytes)
  // As `base32` does it, without a text for each letter: every command and every run is named.
  let held = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < 16; i++) {
    held = ((held & 31) << 8) | drawn[i]!
    for (bits += 8; bits >= 5; bits -= 5) letters[at++] = codes[(held >>> (bits - 5)) & 31]!
  }
  letters[at] = codes[(held << (5 - bits)) & 31]!
  bytes.fill(0)
  return String.fromCharCode.apply(undefined, letters) as T
}

export function isId(text: unknown): text is string {
  return typeof text === 'string' && idPattern.test(text)
}
