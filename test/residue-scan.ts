import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every form in which a text could lie in a file. */
export function formsOf(text: string): Map<string, Buffer> {
  const utf8 = Buffer.from(text, 'utf8')
  const utf16 = Buffer.from(text, 'utf16le')
  const forms = new Map<string, Buffer>([
    ['utf-8', utf8],
    ['utf-16 little', utf16],
    ['utf-16 big', Buffer.from(utf16).swap16()],
    ['upper', Buffer.from(text.toUpperCase())],
    ['lower', Buffer.from(text.toLowerCase())],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['url', Buffer.from(encodeURIComponent(text))],
    ['JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
    ['reversed', Buffer.from(utf8).reverse()],
  ])
  // In base64 a text looks different at each of three offsets; the characters that depend on its neighbours are left out.
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = encoded.slice(offset === 0 ? 0 : offset + 1, -1)
    forms.set(`base64 at ${offset}`, Buffer.from(inner))
    forms.set(`base64url at ${offset}`, Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')))
  }
  const digits = text.replaceAll(/\D/g, '')
  if (digits.length >= 9) forms.set('digits only', Buffer.from(digits))
  return forms
}

/** The plain digests by which a short text such as an address is guessed. */
export function digestsOf(text: string): Map<string, Buffer> {
  const forms = new Map<string, Buffer>()
  for (const [as, each] of [
    ['as given', text],
    ['lower', text.toLowerCase()],
    ['digits', text.replaceAll(/\D/g, '')],
  ] as const) {
    if (each === '') continue
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      const digest = createHash(algorithm).update(each).digest()
      forms.set(`${algorithm} ${as}`, digest)
      forms.set(`${algorithm} hex ${as}`, Buffer.from(digest.toString('hex')))
      forms.set(`${algorithm} base64 ${as}`, Buffer.from(digest.toString('base64').slice(0, -2)))
    }
  }
  return forms
}

/** Every file below the folder with its bytes. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  return new Map(files.map((path) => [path.slice(folder.length), readFileSync(path)]))
}

/** Where any form of the secrets stands, as lines for a person. */
export function hits(
  files: ReadonlyMap<string, Buffer>,
  secrets: ReadonlyMap<string, ReadonlyMap<string, Buffer>>,
): string[] {
  const found: string[] = []
  for (const [file, bytes] of files)
    if (bytes.some((byte) => byte !== 0))
      for (const [secret, forms] of secrets)
        for (const [form, needle] of forms)
          if (needle.length >= 6 && bytes.includes(needle)) found.push(`${secret} as ${form} in ${file}`)
  return found
}

/** Name and digest of every file of a folder. */
export function sealsOf(folder: string): string[] {
  return [...filesBelow(folder)]
    .map(([name, bytes]) => `${name} ${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`)
    .toSorted()
}
