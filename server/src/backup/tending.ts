import { readdir, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Clock, Log } from '../deps.ts'
import { instanceValue, keepInstanceValue } from '../store/instance.ts'
import type { Stores } from '../store/stores.ts'
import { keepErased, logKey } from './erased-log.ts'
import type { Folders } from './folders.ts'
import { readName, rotate, shortId } from './names.ts'
import { failedNames } from './store.ts'

const foldersKey = 'backup-folders'
const kept = z.array(z.strictObject({ data: z.string(), vault: z.string() }))
const errnoOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

interface TendingDeps {
  readonly stores: Pick<Stores, 'facts' | 'vault'>
  readonly folders: Folders | undefined
  readonly clock: Clock
  readonly log: Log
  readonly backupKey: () => Promise<Uint8Array>
}

/** Looks after every folder that copies went to, by itself or by hand: what has lived its time goes, who was erased is noted. // pp.ret.2 */
export class Tending {
  readonly #deps: TendingDeps
  #noting: Promise<void> = Promise.resolve()
  constructor(deps: TendingDeps) {
    this.#deps = deps
  }

  async #used(): Promise<readonly Folders[]> {
    const text = await instanceValue(this.#deps.stores.facts, foldersKey)
    return text === undefined ? [] : kept.parse(JSON.parse(text))
  }

  async #all(): Promise<readonly Folders[]> {
    const { folders } = this.#deps
    const used = await this.#used()
    const isUsed = used.some(({ data, vault }) => data === folders?.data && vault === folders.vault)
    return folders === undefined || isUsed ? used : [folders, ...used]
  }

  /** Folders that were used once, by hand too: a backup of the vault in them goes after its time like any other. */
  async remember(named: Folders): Promise<void> {
    const before = await this.#used()
    const isKnown = before.some((each) => each.data === named.data && each.vault === named.vault)
    if (!isKnown) await this.#keep([...before, { data: named.data, vault: named.vault }])
  }

  /** A folder that copies went to and that is not there now: its disk is away, and nothing is to be put into the place of its name. */
  async lost(named: Folders): Promise<string | undefined> {
    const known = new Set((await this.#used()).flatMap(({ data, vault }) => [data, vault]))
    for (const folder of [named.data, named.vault])
      if (known.has(folder) && !(await isThere(folder))) return folder
    return undefined
  }

  #keep(folders: readonly Folders[]): Promise<void> {
    return keepInstanceValue(this.#deps.stores.facts, foldersKey, JSON.stringify(folders))
  }

  /** What is erased now is out of yesterday's vault too, once somebody restores it. // pp.ret.2 */
  noteErased(): Promise<void> {
    this.#noting = this.#noting.then(() => this.#note())
    return this.#noting
  }

  async #note(): Promise<void> {
    const { stores, folders, log, backupKey } = this.#deps
    const missed = (error: unknown) =>
      log.warn('an erasure could not be noted beside the backups; the next backup tries again', {
        errno: errnoOf(error),
      })
    try {
      const key = logKey(await backupKey())
      const all = await stores.vault.tombstones.after(0)
      const own = Object.values(folders ?? {})
      for (const folder of new Set([
        ...own,
        ...(await this.#used()).flatMap(({ data, vault }) => [data, vault]),
      ]))
        await keepErased(folder, stores.vault.id, key, all).catch((error: unknown) => {
          // A stick that was used once is rarely there.
          if (errnoOf(error) !== 'ENOENT' || own.includes(folder)) missed(error)
        })
    } catch (error) {
      missed(error)
    }
  }

  /** Each folder for itself: one that is away keeps nothing in another. What could not be done now is done at the next look. */
  async tidy(): Promise<void> {
    await this.#tidy().catch((error: unknown) =>
      this.#deps.log.warn('folders of backups could not be tidied', { errno: errnoOf(error) }),
    )
  }

  async #tidy(): Promise<void> {
    const { stores, clock, log } = this.#deps
    const { id } = stores.vault
    const failed = new Set(await failedNames(stores.facts))
    for (const folders of await this.#all())
      await rotate(folders, id, clock.now(), failed).catch((error: unknown) =>
        log.warn('backups that have lived their time could not be removed', { errno: errnoOf(error) }),
      )
    const used = await this.#used()
    const left = await Promise.all(used.map(({ vault }) => mayHold(vault, id)))
    if (left.includes(false)) await this.#keep(used.filter((_, i) => left[i]))
  }
}

const isThere = (folder: string) =>
  stat(folder).then(
    () => true,
    () => false,
  )

/** A folder that cannot be looked into, such as a stick that is not plugged in, may still hold something. */
async function mayHold(folder: string, instance: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => {
      const found = readName(name)
      return found?.kind === 'vault' && found.instance === shortId(instance)
    })
  } catch {
    return true
  }
}
