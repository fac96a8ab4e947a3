import { resolve } from 'node:path'
import { AppError } from '@eaves/model'
import { readConfig, readConfigAt } from '../config.ts'
import { systemClock } from '../deps.ts'
import { options } from '../options.ts'
import { StartError } from '../start-error.ts'
import { inMegabytes } from './folders.ts'
import { readKit } from './kit.ts'
import { planRestore, restore as carryOut, type Plan, type Restored } from './restore.ts'
import { quietLog, saying, textFrom, type Verbs } from './verb.ts'

/** `eaves restore`: says what it will do, then does it, in an empty place. */
export async function restore(args: readonly string[], { tenant }: Verbs): Promise<number> {
  const given = options(args, {
    data: 'value',
    vault: 'value',
    kit: 'value',
    to: 'value',
    'dry-run': 'flag',
    json: 'flag',
  })
  for (const name of ['data', 'vault', 'kit'] as const)
    if (given[name] === undefined) throw new StartError(`restore needs --${name}.`)
  const config = given.to === undefined ? readConfig() : readConfigAt(resolve(given.to))
  const { dataDir, keyFile, databaseUrl } = config
  const asJson = given.json !== undefined
  return saying(asJson, async () => {
    if (databaseUrl !== undefined) throw new AppError('backup.postgres')
    const kit = readKit(await textFrom(given.kit!))
    const files = { data: resolve(given.data!), vault: resolve(given.vault!) }
    const wish = {
      ...files,
      kit,
      dataDir,
      keyFile,
      authorityDir: `${keyFile}.tls`,
      tenant,
      clock: systemClock,
      log: quietLog(config),
    }
    const planned = await planRestore(wish)
    if (given['dry-run'] !== undefined) return { made: planned.plan, words: planWords(planned.plan) }
    if (!asJson) process.stdout.write(`${planWords(planned.plan)}\n\n`)
    const done = await carryOut(wish, planned)
    return { made: done, words: doneWords(done, given.to !== undefined) }
  })
}

function planWords(plan: Plan): string {
  const behindMs = systemClock.now() - Date.parse(plan.dataAt)
  return [
    `Restores the server ${plan.instance} as it was at ${plan.dataAt}, written by Eaves ${plan.version}.`,
    `  Whatever happened in the ${spanWords(behindMs)} since then is not in it.`,
    `  Vault of ${plan.vaultAt}; ${plan.erasedSince === 0 ? 'nothing was erased after it' : `${plan.erasedSince} erasures after it are carried out again`}.`,
    plan.schema === plan.newestSchema
      ? `  Schema ${plan.schema}, the one of this program.`
      : `  Schema ${plan.schema} becomes ${plan.newestSchema}.`,
    `  ${plan.rows.toLocaleString('en')} rows, ${inMegabytes(plan.bytes)}; ${inMegabytes(plan.freeBytes)} are free.`,
    `  Into ${plan.dataDir}, the key into ${plan.keyFile}.`,
    '  Every sign-in and access token ends: people sign in again. What has outlived its time is removed first.',
  ].join('\n')
}

function spanWords(ms: number): string {
  const hours = Math.max(0, Math.round(ms / 3_600_000))
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}

function doneWords(
  { homes, removedRows, tookMs, dataDir, settings, leftOut }: Restored,
  isNamed: boolean,
): string {
  return [
    `Restored in ${Math.ceil(tookMs / 1000)} s: ${homes} ${homes === 1 ? 'home opens' : 'homes open'}, ${removedRows} rows had outlived their time.`,
    ...(settings.length === 0 ? [] : [`Settings that came along: ${settings.join(', ')}.`]),
    ...(leftOut.length === 0
      ? []
      : [`Left out of config.json, since they lead to the old place: ${leftOut.join(', ')}.`]),
    `Start it: ${isNamed ? `EAVES_DATA=${dataDir} ` : ''}npm start`,
  ].join('\n')
}
