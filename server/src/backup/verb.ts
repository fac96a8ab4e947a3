import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { AppError, errorTable, isAppError } from '@eaves/model'
import { readConfig, type Config } from '../config.ts'
import { askControl, type ControlRequest } from '../control.ts'
import { systemClock } from '../deps.ts'
import { createLog, type Log } from '../log.ts'
import { options } from '../options.ts'
import { problemLine } from '../setup-act.ts'
import { StartError } from '../start-error.ts'
import { openStores } from '../store/stores.ts'
import { Backups, type Made } from './backup.ts'
import { inMegabytes, type Folders } from './folders.ts'

/** What verbs about copies need to know of the house. */
export interface Verbs {
  readonly tenant: string
  readonly version: string
  readonly random: (bytes: number) => Uint8Array
}

/** `eaves backup`: through the running server, or on the data folder itself while none runs. */
export async function backup(args: readonly string[], verbs: Verbs): Promise<number> {
  const given = options(args, { to: 'value', 'vault-to': 'value', json: 'flag' })
  const config = readConfig()
  const data = given.to === undefined ? config.backup?.data : resolve(given.to)
  const vault = given['vault-to'] === undefined ? config.backup?.vault : resolve(given['vault-to'])
  return saying(given.json !== undefined, async () => {
    if (data === undefined || vault === undefined) throw new AppError('backup.not-set-up')
    const folders: Folders = { data, vault }
    const made = (await asked(config, { backup: folders }, verbs, (backups) => backups.run(folders))) as Made
    return { made, words: backupWords(made) }
  })
}

function backupWords({ data, vault, bytes, rows, restoreMs, vaultUntil }: Made): string {
  return [
    'Backed up, and restored in rehearsal.',
    `  Data   ${data} (${inMegabytes(bytes)})`,
    `  Vault  ${vault} (opens the data; goes by itself on ${vaultUntil.slice(0, 10)})`,
    `  The rehearsal took ${Math.ceil(restoreMs / 1000)} s and counted ${rows.toLocaleString('en')} rows.`,
    'To restore you need both files, the list beside them that ends in .erased, and the recovery kit.',
  ].join('\n')
}

/** `eaves kit`: makes the recovery kit, or says whether what was typed is it. */
export async function kit(args: readonly string[], verbs: Verbs): Promise<number> {
  const given = options(args, { new: 'flag', check: 'value', json: 'flag' })
  const config = readConfig()
  return saying(given.json !== undefined, async () => {
    if (given.check !== undefined) {
      const typed = await textFrom(given.check)
      const made = (await asked(config, { checkKit: typed }, verbs, (b) => b.checkKit(typed))) as {
        mark: string
      }
      return { made, words: `This is the recovery kit of this server (mark ${made.mark}).` }
    }
    const wish = given.new === undefined ? 'first' : 'new'
    const made = (await asked(config, { makeKit: wish }, verbs, (b) => b.makeKit(wish === 'new'))) as KitMade
    return { made, words: kitWords(made) }
  })
}

interface KitMade {
  readonly kit: string
  readonly mark: string
}
function kitWords({ kit: groups, mark }: KitMade): string {
  const parts = groups.split('-')
  return [
    `Recovery kit, mark ${mark}. It is shown this once; write it down, and keep it away from the server.`,
    '',
    `  ${parts.slice(0, 5).join('-')}`,
    `  ${parts.slice(5).join('-')}`,
    '',
    'A backup of the vault has been opened with exactly these words. With both backups and this kit anybody can read everything.',
  ].join('\n')
}

/** A file, or what is typed or piped in for "-". */
export async function textFrom(from: string): Promise<string> {
  if (from === '-') return text(process.stdin)
  try {
    return await readFile(from, 'utf8')
  } catch (error) {
    throw new AppError('backup.not-found', { detail: `${from} cannot be read.`, cause: error })
  }
}

export const quietLog = (config: Config): Log =>
  createLog(config.log === 'debug' ? 'debug' : 'error', (line) => process.stderr.write(`${line}\n`))

async function asked(
  config: Config,
  request: ControlRequest,
  { tenant, version, random }: Verbs,
  alone: (backups: Backups) => Promise<unknown>,
): Promise<unknown> {
  const answer = await askControl(config.dataDir, request)
  if (answer?.problem !== undefined) throw new Told(answer.problem)
  if (answer !== undefined) return answer.made
  const { dataDir, keyFile, authorityDir, databaseUrl, backup: folders } = config
  if (databaseUrl !== undefined) throw new AppError('backup.postgres')
  const log = quietLog(config)
  const clock = systemClock
  const stores = await openStores({ dataDir, keyFile, clock, log, tenant })
  const backups = new Backups({
    stores,
    dataDir,
    keyFile,
    authorityDir,
    folders,
    tenant,
    version,
    clock,
    log,
    random,
  })
  try {
    return await alone(backups)
  } finally {
    await stores.close()
  }
}

/** A problem that the running server has put into words. */
class Told extends Error {}

/** Runs a verb and says how it went: to a person in sentences, to a program as one line of JSON. */
export async function saying(
  asJson: boolean,
  work: () => Promise<{ readonly made: unknown; readonly words: string }>,
): Promise<number> {
  try {
    const { made, words } = await work()
    process.stdout.write(`${asJson ? JSON.stringify(made) : words}\n`)
    return 0
  } catch (error) {
    if (error instanceof StartError || !(isAppError(error) || error instanceof Told)) throw error
    const line = error instanceof Told ? error.message : problemLine(error)
    process.stderr.write(`${asJson ? line : problemWords(line)}\n`)
    return 1
  }
}

function problemWords(line: string): string {
  const { code, detail } = JSON.parse(line) as { code: keyof typeof errorTable; detail?: string }
  const { title, todo } = errorTable[code]
  return `${title}${detail === undefined ? '' : ` ${detail}`}\n${todo} (${code})`
}
