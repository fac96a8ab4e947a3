import { mkdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, isAppError } from '@eaves/model'
import { z } from 'zod'
import type { Clock, Log } from '../deps.ts'
import { stackOf } from '../log.ts'
import { instanceValue, keepInstanceValue } from '../store/instance.ts'
import type { Copies, Stores } from '../store/stores.ts'
import { demandSpace, readyFolders, type Folders } from './folders.ts'
import { kitBytes, kitKey, kitText, markOf, readKit, type Kit } from './kit.ts'
import { sweepUnderWay, vaultLifeMs } from './names.ts'
import { readVault } from './read.ts'
import { rehearse } from './rehearse.ts'
import { stateOf, type BackupState } from './state.ts'
import { beginRun, endOrphans, lastGood, lastRun, noteRun } from './store.ts'
import { Tending } from './tending.ts'
import { backupKeyName, writeData, writeVault, type WriteParts, type Written } from './write.ts'

export type { Folders } from './folders.ts'

const kitKeyName = 'recovery-kit'
const kitMadeKey = 'kit-made-at'
const scratchName = 'backup.tmp'
const jobKind = 'backup'
const lookEveryMs = 60 * 60_000
const firstAfterMs = 5 * 60_000
export const everyMs = 24 * 60 * 60_000

export interface BackupDeps {
  readonly stores: Stores
  readonly dataDir: string
  readonly keyFile: string
  readonly authorityDir: string
  /** Where backups go by themselves, when both are set. */
  readonly folders: Folders | undefined
  readonly tenant: string
  readonly version: string
  readonly clock: Clock
  readonly log: Log
  readonly random: (bytes: number) => Uint8Array
}
/** What a backup on demand answers. */
export interface Made {
  readonly data: string
  readonly vault: string
  readonly bytes: number
  readonly rows: number
  readonly restoreMs: number
  readonly vaultUntil: string
}

/** Copies of the whole server: made by day or on demand, rehearsed each time, opened by a recovery kit. */
export class Backups {
  readonly #deps: BackupDeps
  readonly #scratch: string
  #running: Promise<Made> | undefined
  readonly #stopping = new AbortController()
  readonly #tending: Tending
  #firstAt = 0

  constructor(deps: BackupDeps) {
    this.#deps = deps
    this.#scratch = join(deps.dataDir, scratchName)
    const { stores, folders, clock, log } = deps
    this.#tending = new Tending({ stores, folders, clock, log, backupKey: () => this.#backupKey() })
  }

  async start(): Promise<void> {
    const { stores, clock, folders, log } = this.#deps
    this.#firstAt = clock.now() + firstAfterMs
    await rm(this.#scratch, { recursive: true, force: true })
    if (stores.copies === undefined) {
      if (folders !== undefined)
        log.warn('folders for backups are set, and none are made there', { code: 'backup.postgres' })
      return
    }
    await endOrphans(stores.facts, clock.now())
    stores.vault.tombstones.onAdded(() => void this.#tending.noteErased())
    // An erasure that a crash cut short, or that went on before anybody listened, is not in the list yet. // pp.ret.2
    if (folders !== undefined && (await this.#kit()) !== undefined) await this.#tending.noteErased()
    stores.jobs.handle(jobKind, async () => {
      // Whatever becomes of the next one: what has lived its time goes. // pp.ret.2
      await this.#tending.tidy()
      if (folders !== undefined && (await this.#kit()) !== undefined && (await this.#isDue()))
        this.run(folders).catch(() => undefined) // the run notes what it met
      return clock.now() + lookEveryMs
    })
    await stores.jobs.enqueue({ kind: jobKind, key: jobKind, runAt: this.#firstAt })
  }

  /** Ends what is under way at its next chunk; nothing of it stays. */
  async stop(): Promise<void> {
    this.#stopping.abort(new AppError('backup.cut-short'))
    await this.#running?.catch(() => undefined)
  }

  async #isDue(): Promise<boolean> {
    const { stores, clock } = this.#deps
    return clock.now() >= ((await lastGood(stores.facts))?.started_at ?? -everyMs) + everyMs
  }

  /** Makes both backups, rotates, rehearses; the second asker at a time is told so. */
  async run(wish: Folders | undefined = this.#deps.folders): Promise<Made> {
    if (wish === undefined) throw new AppError('backup.not-set-up')
    if (this.#running !== undefined) throw new AppError('backup.running')
    const { stores, log, clock } = this.#deps
    const began = clock.now()
    const copies = this.#copies()
    const work = (async () => {
      const kit = await this.#kit()
      if (kit === undefined) throw new AppError('backup.no-kit')
      const id = await beginRun(stores.facts, began)
      try {
        const made = await this.#make(id, wish, kit, copies)
        log.info('backup made and rehearsed', { count: made.rows, durationMs: clock.now() - began })
        return made
      } catch (error) {
        const code = isAppError(error) ? error.code : 'server.fault'
        if (isAppError(error)) log.warn('backup failed', { code })
        else log.error('backup failed', { code, stack: stackOf(error) })
        await noteRun(stores.facts, id, { ended_at: clock.now(), failed: code })
        throw error
      } finally {
        await rmdir(this.#scratch).catch(() => undefined) // a kit in the making keeps it
      }
    })()
    this.#running = work
    try {
      return await work
    } finally {
      this.#running = undefined
    }
  }

  /** Whether the last one was not made, or could not be restored in rehearsal. */
  async fails(): Promise<boolean> {
    const last = await lastRun(this.#deps.stores.facts)
    return last !== undefined && last.ended_at !== null && (last.failed ?? last.rehearsal_failed) !== null
  }

  /** Whether copies are to be made by themselves and none of the last two days is good. */
  async isOverdue(): Promise<boolean> {
    const { stores, folders, clock } = this.#deps
    if (stores.copies === undefined || folders === undefined) return false
    const kit = await instanceValue(stores.facts, kitMadeKey)
    if (kit === undefined) return false
    const good = (await lastGood(stores.facts))?.started_at
    return clock.now() - Math.max(good ?? 0, good === undefined ? Number(kit) : 0) > 2 * everyMs
  }

  /** Sets a backup going for whoever asks from afar; what stands in its way is said at once. */
  async begin(): Promise<BackupState> {
    this.#copies()
    if (this.#deps.folders === undefined) throw new AppError('backup.not-set-up')
    if ((await this.#kit()) === undefined) throw new AppError('backup.no-kit')
    if (this.#running !== undefined) throw new AppError('backup.running')
    this.run().catch(() => undefined) // the run notes what it met
    return this.state()
  }

  #copies(): Copies {
    const { copies } = this.#deps.stores
    if (copies === undefined) throw new AppError('backup.postgres')
    return copies
  }

  async #make(id: string, wish: Folders, kit: Kit, copies: Copies): Promise<Made> {
    const { stores, clock, keyFile, tenant } = this.#deps
    const lost = await this.#tending.lost(wish)
    if (lost !== undefined)
      throw new AppError('backup.folder', {
        detail: `${lost} was there before and is not there now: plug its disk in, or make the folder.`,
      })
    const folders = await readyFolders(wish, this.#deps)
    await mkdir(this.#scratch, { recursive: true, mode: 0o700 })
    await this.#tending.remember(wish) // before: a crash in the midst must not make them unknown
    const { data, vault } = await this.#write(folders, kit, copies)
    await noteRun(stores.facts, id, {
      ended_at: clock.now(),
      data_name: data.name,
      vault_name: vault.name,
      bytes: data.bytes,
    })
    await this.#tending.remember(wish)
    await this.#tending.noteErased()
    try {
      const bytes = sizeOf(copies)
      const files = { data: data.path, vault: vault.path }
      const { signal } = this.#stopping
      const parts = { files, kit, scratch: this.#scratch, keyFile, clock, tenant, bytes, signal }
      const { rows, restoreMs } = await rehearse(parts)
      await noteRun(stores.facts, id, { rehearsed_at: clock.now(), row_count: rows, restore_ms: restoreMs })
      const vaultUntil = new Date(clock.now() + vaultLifeMs).toISOString()
      return { data: data.path, vault: vault.path, bytes: data.bytes, rows, restoreMs, vaultUntil }
    } catch (error) {
      const code = isAppError(error) ? error.code : 'backup.rehearsal'
      await noteRun(stores.facts, id, { rehearsed_at: clock.now(), rehearsal_failed: code })
      throw isAppError(error) ? error : new AppError('backup.rehearsal', { cause: error })
    } finally {
      await this.#tending.tidy()
    }
  }

  /** The data, then the vault: it has every key that the data has. The vault is copied also when the data could not be. */
  async #write(folders: Folders, kit: Kit, copies: Copies): Promise<{ data: Written; vault: Written }> {
    const { stores, dataDir, keyFile, authorityDir } = this.#deps
    for (const folder of Object.values(folders)) await sweepUnderWay(folder, stores.vault.id)
    const backupKey = await this.#backupKey()
    const data = await this.#demandSpace(folders, copies)
      .then(async () => writeData(await this.#parts(copies), folders.data, backupKey))
      .catch((error: unknown) => ({ error }))
    const secrets = { dataDir, keyFile, authorityDir, backupKey, kit: kitKey(kit.key), mark: kit.mark }
    const vault = await writeVault(await this.#parts(copies), folders.vault, secrets)
    if ('error' in data) throw data.error
    return { data, vault }
  }

  /** Room for the largest copy on the disk of the data, and for both files where they go. */
  async #demandSpace({ data, vault }: Folders, copies: Copies): Promise<void> {
    const largest = Math.max(copies.size('facts'), copies.size('history'))
    const isSameDisk = (await stat(data)).dev === (await stat(this.#scratch)).dev
    await demandSpace(data, copies.size('facts') + copies.size('history') + (isSameDisk ? largest : 0))
    await demandSpace(this.#scratch, largest)
    await demandSpace(vault, copies.size('vault'))
  }

  async #parts(copies: Copies): Promise<WriteParts> {
    const { stores, version, clock } = this.#deps
    const epoch = (await stores.vault.tombstones.after(0)).at(-1)?.epoch ?? 0
    return {
      copies,
      scratch: this.#scratch,
      instance: stores.vault.id,
      version,
      nowMs: clock.now(),
      epoch,
      signal: this.#stopping.signal,
    }
  }

  #backupKey(): Promise<Uint8Array> {
    const { stores, random } = this.#deps
    return stores.vault.ownKey(backupKeyName, () => random(32))
  }

  async #kit(): Promise<Kit | undefined> {
    const key = await this.#deps.stores.vault.ownKeyIfMade(kitKeyName)
    return key && { key, mark: markOf(key) }
  }

  /** Makes a recovery kit. It counts once a backup of the vault has been opened with the very words that are shown. */
  async makeKit(replace = false): Promise<{ readonly kit: string; readonly mark: string }> {
    const { stores, random, clock, dataDir, keyFile, authorityDir } = this.#deps
    const copies = this.#copies()
    const before = await this.#kit()
    if (before !== undefined && !replace)
      throw new AppError('backup.kit-exists', { detail: `Its mark is ${before.mark}.` })
    const text = kitText(random(kitBytes))
    const kit = readKit(text)
    const trial = join(this.#scratch, 'kit')
    await mkdir(trial, { recursive: true, mode: 0o700 })
    try {
      const backupKey = await this.#backupKey()
      const secrets = { dataDir, keyFile, authorityDir, backupKey, kit: kitKey(kit.key), mark: kit.mark }
      const parts = await this.#parts(copies)
      const { path } = await writeVault({ ...parts, scratch: trial }, trial, secrets)
      const opened = await readVault(path, readKit(text))
      if (!opened.secrets.backupKey.equals(backupKey)) throw new AppError('backup.altered')
    } finally {
      await rm(trial, { recursive: true, force: true })
    }
    await stores.vault.replaceOwnKey(kitKeyName, kit.key)
    await keepInstanceValue(stores.facts, kitMadeKey, String(clock.now()))
    return { kit: text, mark: kit.mark }
  }

  /** Whether what somebody typed is the kit of now. */
  async checkKit(typed: string): Promise<{ readonly mark: string }> {
    const kit = readKit(typed)
    const own = await this.#kit()
    if (own === undefined) throw new AppError('backup.no-kit')
    if (own.mark !== kit.mark)
      throw new AppError('backup.kit-wrong', {
        detail: `The kit of this server is marked ${own.mark}; this one is ${kit.mark}.`,
      })
    return { mark: kit.mark }
  }

  async state(): Promise<BackupState> {
    const { stores, folders, clock } = this.#deps
    const kit = await this.#kit()
    const madeAt = await instanceValue(stores.facts, kitMadeKey)
    return stateOf({
      facts: stores.facts,
      isSupported: stores.copies !== undefined,
      isSetUp: folders !== undefined,
      isRunning: this.#running !== undefined,
      kit: kit && { mark: kit.mark, ...(madeAt === undefined ? {} : { madeAtMs: Number(madeAt) }) },
      bytesNow: stores.copies === undefined ? 0 : sizeOf(stores.copies),
      soonestMs: Math.max(clock.now(), this.#firstAt),
      everyMs,
    })
  }

  /** What the command line asks through the running server. */
  async answer(asked: unknown): Promise<object | undefined> {
    const read = request.safeParse(asked)
    if (!read.success) return undefined
    const { backup, makeKit, checkKit } = read.data
    if (backup !== undefined) return { made: await this.run(backup) }
    if (makeKit !== undefined) return { made: await this.makeKit(makeKit === 'new') }
    return checkKit === undefined ? undefined : { made: await this.checkKit(checkKit) }
  }
}

const request = z.strictObject({
  backup: z.strictObject({ data: z.string(), vault: z.string() }).optional(),
  makeKit: z.enum(['first', 'new']).optional(),
  checkKit: z.string().optional(),
})

function sizeOf(copies: Copies): number {
  return copies.size('facts') + copies.size('history') + copies.size('vault')
}
