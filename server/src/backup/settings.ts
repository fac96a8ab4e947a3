import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/** Files of the data folder that a person wrote, with what they are called in a backup of the vault: they may hold passwords. */
const names = ['config.json', 'operator.json', 'recipients.json'] as const
const prefix = 'settings/'

/** What stands in the data folder of settings. */
export async function settingsOf(
  dataDir: string,
): Promise<readonly { readonly member: string; readonly bytes: Buffer }[]> {
  const found = []
  for (const name of names) {
    const bytes = await readFile(join(dataDir, name)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    })
    if (bytes !== undefined) found.push({ member: `${prefix}${name}`, bytes })
  }
  return found
}

/** Those of the members that are settings, under their names in the data folder; any other name is no file of ours. */
export function settingsIn(members: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  return new Map(
    names.flatMap((name) => {
      const bytes = members.get(`${prefix}${name}`)
      return bytes === undefined ? [] : [[name, bytes] as const]
    }),
  )
}

/** Settings that say where the data and its key stand: a restore has put them where it was told. */
const places = { EAVES_DATA: 'dataDir', EAVES_KEY_FILE: 'keyFile' } as const

/** The settings for another place: without a path that leads back to the old one. */
export function settingsFor(
  settings: ReadonlyMap<string, Buffer>,
  to: { readonly dataDir: string; readonly keyFile: string },
): { readonly files: ReadonlyMap<string, Buffer>; readonly leftOut: readonly string[] } {
  const config = settings.get('config.json')
  const held = config && objectOf(config)
  const leftOut = Object.entries(places).flatMap(([name, place]) => {
    const path = held?.[name]
    return typeof path !== 'string' || resolve(path) === to[place] ? [] : [name]
  })
  if (held === undefined || leftOut.length === 0) return { files: settings, leftOut: [] }
  const rest = Object.fromEntries(Object.entries(held).filter(([name]) => !leftOut.includes(name)))
  const text = `${JSON.stringify(rest, undefined, 2)}\n`
  return { files: new Map([...settings, ['config.json', Buffer.from(text)]]), leftOut }
}

/** Undefined of what is no settings at all: it comes back as it was, and the start says what is wrong with it. */
function objectOf(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined
  } catch {
    return undefined
  }
}
