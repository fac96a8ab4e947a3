import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What stands in for a server's name: the beginning of its random id. */
export const shortId = (instance: string): string => instance.slice(0, 8)

export type Kind = 'data' | 'vault'
const pattern = /^eaves-([a-z2-7]{8})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.(data|vault)$/

/** The name of a backup tells of which server and which time, and nothing else. */
export function fileName(instance: string, atMs: number, kind: Kind): string {
  const time = new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')
  return `eaves-${shortId(instance)}-${time}.${kind}`
}

export interface Named {
  readonly name: string
  readonly instance: string
  readonly atMs: number
  readonly kind: Kind
}
export function readName(name: string): Named | undefined {
  const found = pattern.exec(name)
  if (found === null) return undefined
  const [, instance, year, month, day, hour, minute, second, kind] = found
  return {
    name,
    instance: instance!,
    atMs: Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    ),
    kind: kind as Kind,
  }
}

/** A file under way has a name that nobody takes for a backup. */
export const underWay = (name: string): string => `.${name}.under-way`

/** Backups of this server and kind, the oldest first. */
export async function backupsIn(folder: string, instance: string, kind: Kind): Promise<readonly Named[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .map(readName)
    .filter((each) => each !== undefined)
    .filter((each) => each.instance === shortId(instance) && each.kind === kind)
    .toSorted((a, b) => a.atMs - b.atMs)
}

/** Removes what a run that was cut short left behind. */
export async function sweepUnderWay(folder: string, instance: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (name.startsWith(`.eaves-${shortId(instance)}-`) && name.endsWith('.under-way'))
      await rm(join(folder, name), { force: true })
}

/** How long a backup of the vault is there: what was erased is out of reach everywhere once this has passed. // pp.ret.2 */
export const vaultLifeMs = 7 * 24 * 60 * 60_000
/** How many backups of the data are kept. */
export const dataKept = 14

/**
 * Removes backups of the vault that have lived their time, and data beyond the newest fourteen that can be restored. One that
 * could not be restored in rehearsal pushes out none that could; the last of them stays until there is a better one. // pp.ret.2
 */
export async function rotate(
  folders: { readonly data: string; readonly vault: string },
  instance: string,
  nowMs: number,
  failed: ReadonlySet<string> = new Set(),
): Promise<void> {
  for (const { name, atMs } of await backupsIn(folders.vault, instance, 'vault'))
    if (atMs <= nowMs - vaultLifeMs) await rm(join(folders.vault, name), { force: true })
  const data = await backupsIn(folders.data, instance, 'data')
  const newest = data.at(-1)
  const good = data.filter(({ name }) => !failed.has(name))
  const bad = data.filter((each) => failed.has(each.name) && each !== newest)
  for (const { name } of [...bad, ...good.slice(0, Math.max(0, good.length - dataKept))])
    await rm(join(folders.data, name), { force: true })
}
