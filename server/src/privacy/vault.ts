import { randomBytes } from 'node:crypto'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import type { Clock } from '../deps.ts'
import { shredCopiesAside } from '../store/copies-aside.ts'
import { checkpoint, type SqliteFile } from '../store/sqlite/database.ts'
import { StartError } from '../start-error.ts'
import { decrypt, encrypt, expand, extract, hmac, keyFrom, SealBroken, type Key } from './cipher.ts'
import { openKey, type Cell, type KeyOwner, type OpenKey } from './vault-keys.ts'

export type { Cell, KeyOwner, OpenKey } from './vault-keys.ts'
export { decrypt, encrypt, expand, extract, hmac, keyFrom, SealBroken, type Key } from './cipher.ts'

export type VaultOwner = { readonly home: HomeId } | { readonly subject: SubjectId }
/** An erasure that has happened: a random id whose key is gone, and the how-manieth it was. */
export interface Tombstone {
  readonly id: string
  readonly epoch: number
  readonly at: number
}
export interface LimitAnswer {
  readonly allowed: boolean
  readonly retryAfterSeconds: number
}
/** Keys of people and homes, look-ups by e-mail and phone, and limits: what must never stand beside the data. */
export interface Vault {
  /** Random id of this vault; the store it belongs to remembers it. */
  readonly id: string
  /** Key first, rows second. Idempotent; refused for an owner that has been erased. */
  createKey(owner: VaultOwner): Promise<void>
  /** Makes all that was sealed for the owner unreadable for good. Resolves once no file of the vault holds the key. */
  destroyKey(owner: VaultOwner): Promise<void>
  hasKey(owner: VaultOwner): Promise<boolean>
  /** The owner's key, unwrapped: seals and opens without waiting. */
  keyOf(owner: KeyOwner): Promise<OpenKey>
  seal(owner: VaultOwner, cell: Cell, text: string): Promise<string>
  open(owner: VaultOwner, cell: Cell, sealed: string): Promise<string>
  /** A key of the server itself: made at the first asking, then the same. */
  ownKey(name: string, make: () => Uint8Array): Promise<Uint8Array>
  /** The same when it has been made. */
  ownKeyIfMade(name: string): Promise<Uint8Array | undefined>
  /** Puts another in its place. */
  replaceOwnKey(name: string, key: Uint8Array): Promise<void>
  readonly tombstones: {
    /** Erasures after this one, in order. */
    after(epoch: number): Promise<readonly Tombstone[]>
    /** Carries out erasures that happened after this vault was copied. // pp.ret.2 */
    replay(gone: readonly Tombstone[]): Promise<void>
    /** Told of each erasure once its key is gone. */
    onAdded(listener: (added: Tombstone) => void): void
  }
  readonly blind: {
    /** Values arrive normalised. False when the value already leads to somebody else. */
    put(column: string, value: string, subject: SubjectId): Promise<boolean>
    find(column: string, value: string): Promise<SubjectId | undefined>
    /** Whom the values of a column lead to. */
    holders(column: string): Promise<SubjectId[]>
    /** Without a column: all that leads to this person. With a value: all of that column but this one. */
    remove(subject: SubjectId, column?: string, except?: string): Promise<void>
  }
  readonly counters: {
    /** Counts one try, or so many, in the present window and says whether all are within the limit. */
    hit(key: string, windowMs: number, limit: number, by?: number): Promise<LimitAnswer>
    /** What the present window has counted. */
    count(key: string, windowMs: number): Promise<number>
  }
  close(): void
}

export interface VaultOptions {
  readonly file: SqliteFile
  readonly keyEncryptionKey: Uint8Array
  readonly tenant: string
  readonly clock: Clock
}

const maxCachedKeys = 10_000
const maxCheckpoints = 50
const checkpointPauseMs = 20
const ownerOf = (owner: VaultOwner): KeyOwner =>
  'home' in owner ? { kind: 'home', id: owner.home } : { kind: 'subject', id: owner.subject }

/** Opens the tables of a vault; a key file that does not fit stops the start and changes nothing. */
export function openVault({ file, keyEncryptionKey, tenant, clock }: VaultOptions): Vault {
  const prk = extract(keyEncryptionKey)
  const wrapKey = expand(prk, 'wrap')
  const counterKey = expand(prk, 'counter')
  const wrap = (about: readonly string[], key: Uint8Array) =>
    encrypt(wrapKey, JSON.stringify(about), key).toString('base64url')
  const unwrap = (about: readonly string[], wrapped: string) =>
    decrypt(wrapKey, JSON.stringify(about), Buffer.from(wrapped, 'base64url'))
  const id = checkedId(file, wrap, unwrap)
  const blindKey = blindKeyOf(file, tenant, wrap, unwrap)
  const opened = new Map<string, OpenKey>()
  const listeners: ((added: Tombstone) => void)[] = []

  const keyOf = async (owner: KeyOwner): Promise<OpenKey> => {
    const name = `${owner.kind}:${owner.id}`
    const known = opened.get(name)
    if (known) return known
    const row = file.get<{ id: string; wrapped: string }>(
      'SELECT id, wrapped FROM "key" WHERE owner_kind = ? AND owner = ?',
      owner.kind,
      owner.id,
    )
    if (!row) throw new SealBroken()
    const key = openKey(
      tenant,
      owner,
      row.id,
      unwrap(['key', tenant, owner.kind, owner.id, row.id], row.wrapped),
    )
    opened.set(name, key)
    if (opened.size > maxCachedKeys) opened.delete(opened.keys().next().value ?? name)
    return key
  }
  const hashOf = (column: string, value: string) =>
    hmac(blindKey, JSON.stringify([tenant, column, value]))
      .subarray(0, 16)
      .toString('base64url')
  const countedAs = (key: string, windowMs: number) =>
    hmac(counterKey, JSON.stringify([tenant, key, windowMs])).toString('base64url')
  const find = async (column: string, value: string) =>
    file.get<{ subject: SubjectId }>(
      'SELECT subject FROM blind WHERE tenant = ? AND "column" = ? AND hash = ?',
      tenant,
      column,
      hashOf(column, value),
    )?.subject

  return {
    id,
    keyOf,
    createKey: async (owner) => {
      const { kind, id: who } = ownerOf(owner)
      if (file.get('SELECT 1 FROM tombstone WHERE subject_or_home = ?', who))
        throw new Error('This owner has been erased; a new one needs a new id.')
      const keyId = newId()
      file.run(
        'INSERT INTO "key" (id, owner_kind, owner, wrapped, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner_kind, owner) DO NOTHING',
        keyId,
        kind,
        who,
        wrap(['key', tenant, kind, who, keyId], randomBytes(32)),
        clock.now(),
      )
    },
    destroyKey: async (owner) => {
      const { kind, id: who } = ownerOf(owner)
      opened.delete(`${kind}:${who}`)
      file.transaction(() => {
        file.run('DELETE FROM "key" WHERE owner_kind = ? AND owner = ?', kind, who)
        if (kind === 'subject') file.run('DELETE FROM blind WHERE subject = ?', who)
        file.run(
          'INSERT INTO tombstone (subject_or_home, epoch, at) SELECT ?, coalesce(max(epoch), 0) + 1, ? FROM tombstone WHERE true ON CONFLICT DO NOTHING',
          who,
          clock.now(),
        )
      })
      await checkpointed(file) // pp.ret.2
      const added = tombstonesOf(file, 'subject_or_home = ?', who)[0]
      if (added !== undefined) for (const listener of listeners) listener(added)
    },
    hasKey: async (owner) => {
      const { kind, id: who } = ownerOf(owner)
      return file.get('SELECT 1 FROM "key" WHERE owner_kind = ? AND owner = ?', kind, who) !== undefined
    },
    seal: async (owner, cell, text) => (await keyOf(ownerOf(owner))).seal(cell, text),
    open: async (owner, cell, sealed) => (await keyOf(ownerOf(owner))).open(cell, sealed),
    ownKey: async (name, make) => {
      file.run(
        'INSERT INTO own_key (name, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING',
        name,
        wrap(['own', tenant, name], make()),
      )
      const row = file.get<{ wrapped: string }>('SELECT wrapped FROM own_key WHERE name = ?', name)
      if (!row) throw new SealBroken()
      return unwrap(['own', tenant, name], row.wrapped)
    },
    ownKeyIfMade: async (name) => {
      const row = file.get<{ wrapped: string }>('SELECT wrapped FROM own_key WHERE name = ?', name)
      return row && unwrap(['own', tenant, name], row.wrapped)
    },
    replaceOwnKey: async (name, key) => {
      file.run(
        'INSERT INTO own_key (name, wrapped) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped',
        name,
        wrap(['own', tenant, name], key),
      )
    },
    tombstones: {
      after: async (epoch) => tombstonesOf(file, 'epoch > ?', epoch),
      replay: async (gone) => {
        file.transaction(() => {
          for (const { id: who, epoch, at } of gone) {
            opened.delete(`home:${who}`)
            opened.delete(`subject:${who}`)
            file.run('DELETE FROM "key" WHERE owner = ?', who)
            file.run('DELETE FROM blind WHERE subject = ?', who)
            file.run(
              'INSERT INTO tombstone (subject_or_home, epoch, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
              who,
              epoch,
              at,
            )
          }
        })
        await checkpointed(file) // pp.ret.2
      },
      onAdded: (listener) => void listeners.push(listener),
    },
    blind: {
      find,
      put: async (column, value, subject) => {
        file.run(
          'INSERT INTO blind (tenant, "column", hash, subject) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          tenant,
          column,
          hashOf(column, value),
          subject,
        )
        return (await find(column, value)) === subject
      },
      holders: async (column) =>
        file
          .all<{ subject: SubjectId }>(
            'SELECT DISTINCT subject FROM blind WHERE tenant = ? AND "column" = ?',
            tenant,
            column,
          )
          .map(({ subject }) => subject),
      remove: async (subject, column, except) => {
        if (column === undefined) file.run('DELETE FROM blind WHERE subject = ?', subject)
        else
          file.run(
            'DELETE FROM blind WHERE subject = ? AND "column" = ? AND hash <> ?',
            subject,
            column,
            except === undefined ? '' : hashOf(column, except),
          )
      },
    },
    counters: {
      hit: async (key, windowMs, limit, by = 1) =>
        hit(file, countedAs(key, windowMs), windowMs, limit, clock.now(), by),
      count: async (key, windowMs) =>
        file.get<{ n: number }>(
          'SELECT n FROM counter WHERE key_hash = ? AND "window" = ?',
          countedAs(key, windowMs),
          Math.floor(clock.now() / windowMs) * windowMs,
        )?.n ?? 0,
    },
    close: () => {
      opened.clear()
      file.close()
    },
  }
}

function tombstonesOf(file: SqliteFile, where: string, value: string | number): Tombstone[] {
  return file.all<Tombstone>(
    `SELECT subject_or_home AS id, epoch, at FROM tombstone WHERE ${where} ORDER BY epoch`,
    value,
  )
}

type Wrap = (about: readonly string[], key: Uint8Array) => string
type Unwrap = (about: readonly string[], wrapped: string) => Buffer

/** Whether the key fits, before anything of the vault is changed. */
export function checkKeyFits(file: SqliteFile, keyEncryptionKey: Uint8Array): void {
  const wrapKey = expand(extract(keyEncryptionKey), 'wrap')
  checkedId(file, undefined, (about, wrapped) =>
    decrypt(wrapKey, JSON.stringify(about), Buffer.from(wrapped, 'base64url')),
  )
}

function checkedId(file: SqliteFile, wrap: Wrap | undefined, unwrap: Unwrap): string {
  const row = file.get<{ value: string }>('SELECT value FROM check_value WHERE id = 1')
  if (!row) {
    const id = newId()
    if (wrap) file.run('INSERT INTO check_value (id, value) VALUES (1, ?)', wrap(['check'], Buffer.from(id)))
    return id
  }
  try {
    return unwrap(['check'], row.value).toString()
  } catch {
    throw new StartError(
      'The key file does not belong to this vault. Put back the key file that was made with this data folder; nothing has been changed.',
    )
  }
}

function blindKeyOf(file: SqliteFile, tenant: string, wrap: Wrap, unwrap: Unwrap): Key {
  file.run(
    'INSERT INTO blind_key (tenant, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING',
    tenant,
    wrap(['blind', tenant], randomBytes(32)),
  )
  const row = file.get<{ wrapped: string }>('SELECT wrapped FROM blind_key WHERE tenant = ?', tenant)
  if (!row) throw new SealBroken()
  return keyFrom(unwrap(['blind', tenant], row.wrapped))
}

function hit(
  file: SqliteFile,
  hash: string,
  windowMs: number,
  limit: number,
  nowMs: number,
  by: number,
): LimitAnswer {
  const window = Math.floor(nowMs / windowMs) * windowMs
  const ends = window + windowMs
  const row = file.transaction(() => {
    file.run('DELETE FROM counter WHERE expires_at <= ?', nowMs)
    return file.get<{ n: number }>(
      'INSERT INTO counter (key_hash, "window", n, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (key_hash, "window") DO UPDATE SET n = counter.n + excluded.n RETURNING n',
      hash,
      window,
      by,
      ends,
    )
  })
  const allowed = (row?.n ?? by) <= limit
  return { allowed, retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((ends - nowMs) / 1000)) }
}

async function checkpointed(file: SqliteFile): Promise<void> {
  shredCopiesAside(file.path)
  for (let attempt = 0; attempt < maxCheckpoints; attempt++) {
    if (checkpoint(file)) return
    await new Promise((resolve) => setTimeout(resolve, checkpointPauseMs))
  }
  throw new Error('A reader keeps an old copy of the vault open; the erasure is not finished.')
}
