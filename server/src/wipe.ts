import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readConfig, type Config } from './config.ts'
import { askControl } from './control.ts'
import { options } from './options.ts'
import { StartError } from './start-error.ts'
import { shred } from './store/copies-aside.ts'
import { lockFolder } from './store/lock.ts'

const waitMs = 10_000

/** What Eaves itself puts into its folders; whatever else stands there is somebody's own and stays. */
const ofData = [
  /^(vault|eaves|history)\.db(-wal|-shm|-journal|\.before-\d+)?$/,
  /^backup\.tmp$/,
  /^(store|reserve|restoring|control\.sock|config\.json|operator\.json|recipients\.json)$/,
  /^lock\.db(-journal|-wal|-shm)?$/,
]
const ofAuthority = [/^(ca|server)\.(crt|key)(\.new)?$/]
const ofOutbox = [/^\.?\d{4}-\d\d-\d\dT.*\.(eml|txt)$/]

/** `eaves wipe`: keys first, so that whatever a disk gives back later is unreadable; then everything else. // pp.ret.2 */
export async function wipe(args: readonly string[]): Promise<number> {
  const given = options(args, { yes: 'flag', name: 'value', json: 'flag' })
  const config = readConfig()
  const name = nameOf(config)
  if (name === undefined)
    throw new StartError(`There is no Eaves in ${config.dataDir}; nothing has been changed.`)
  if (given.yes === undefined || given.name !== name) {
    process.stdout.write(`${askWords(config, name)}\n`)
    if (given.yes !== undefined || given.name !== undefined)
      throw new StartError(`To do it, type the name of this server: eaves wipe --yes --name ${name}`)
    return 1
  }
  await askControl(config.dataDir, { end: 'wipe' })
  const unlock = await lockWhenFree(config.dataDir)
  const left = (() => {
    try {
      return removeAll(config)
    } finally {
      unlock()
    }
  })()
  rmSync(join(config.dataDir, 'lock.db'), { force: true })
  left.push(...removeFolder(config.dataDir))
  const unreached = unreachedWords(config)
  process.stdout.write(
    given.json === undefined
      ? `${[`The server ${name} is gone: its keys first, then its data and its outbox.`, ...left.map((path) => `Not of Eaves, so it stays: ${path}`), 'What this cannot reach:', ...unreached.map((each) => `  ${each}`)].join('\n')}\n`
      : `${JSON.stringify({ wiped: name, left, unreached })}\n`,
  )
  return 0
}

/** The beginning of the server's random id, or of a damaged one the name of its folder. */
function nameOf({ dataDir }: Config): string | undefined {
  const names = existsSync(dataDir) ? readdirSync(dataDir) : []
  if (!names.some((each) => /^(vault|eaves)\.db$/.test(each))) return undefined
  try {
    const db = new DatabaseSync(join(dataDir, 'eaves.db'), { readOnly: true })
    try {
      const row = db.prepare(`SELECT value FROM instance WHERE key = 'vault'`).get()
      if (row !== undefined) return String(row.value).slice(0, 8)
    } finally {
      db.close()
    }
  } catch {
    // A damaged store must be possible to remove as well.
  }
  return basename(dataDir)
}

async function lockWhenFree(dataDir: string): Promise<() => void> {
  for (const endMs = performance.now() + waitMs; ;) {
    try {
      return lockFolder(dataDir)
    } catch (error) {
      if (performance.now() > endMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** Returns what was found that is not ours. */
function removeAll({ dataDir, keyFile, authorityDir, outboxDir }: Config): string[] {
  shred(keyFile)
  shred(`${keyFile}.restoring`)
  for (const name of namesIn(authorityDir)) if (ofAuthority[0]!.test(name)) shred(join(authorityDir, name))
  const vaultFirst = namesIn(dataDir).toSorted(
    (a, b) => Number(b.startsWith('vault.')) - Number(a.startsWith('vault.')),
  )
  for (const name of vaultFirst) {
    if (name.startsWith('lock.db') || !ofData.some((pattern) => pattern.test(name))) continue
    if (name.startsWith('vault.')) shred(join(dataDir, name))
    else rmSync(join(dataDir, name), { recursive: true, force: true })
  }
  for (const name of namesIn(outboxDir))
    if (ofOutbox[0]!.test(name)) rmSync(join(outboxDir, name), { force: true })
  rmSync(`${dataDir}.restoring`, { recursive: true, force: true })
  const left = [authorityDir, outboxDir].flatMap(removeFolder)
  removeFolder(dirname(keyFile)) // a folder of others, where the key stood among other things, is not ours to list
  return left
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])

/** Removes a folder that is empty now; says what keeps it. */
function removeFolder(folder: string): string[] {
  const names = namesIn(folder)
  if (names.length > 0) return names.map((name) => join(folder, name))
  if (existsSync(folder)) rmdirSync(folder)
  return []
}

function askWords(config: Config, name: string): string {
  const { dataDir, keyFile, outboxDir } = config
  return [
    `This would end the server ${name} for good, for everybody in it:`,
    `  the keys: ${keyFile}, and the vault`,
    `  the data: ${dataDir}`,
    `  messages that were not sent: ${outboxDir}`,
    'What it cannot reach:',
    ...unreachedWords(config).map((each) => `  ${each}`),
    `To do it: eaves wipe --yes --name ${name}`,
  ].join('\n')
}

function unreachedWords({ backup, databaseUrl, dataDir }: Config): string[] {
  const isPostgres =
    databaseUrl !== undefined ||
    (existsSync(join(dataDir, 'store')) && readFileSync(join(dataDir, 'store'), 'utf8').trim() === 'postgres')
  return [
    ...(isPostgres
      ? [
          'the PostgreSQL database: without the keys its sealed values are unreadable; drop it with PostgreSQL’s tools',
        ]
      : []),
    backup === undefined
      ? 'backups, wherever they were put: with both files and the recovery kit they can be restored; remove them and burn the kit'
      : `backups in ${backup.data} and ${backup.vault}: with both files and the recovery kit they can be restored; remove them and burn the kit`,
    'copies and snapshots of the disk, and old blocks of a flash disk, until they are written over',
    'what other services were sent: messages, and what a broker outside the house was told',
    'what phones keep of the home, until they next ask this server or seven days have passed',
  ]
}
