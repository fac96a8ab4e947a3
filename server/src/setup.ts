import { isAppError } from '@eaves/model'
import { readConfig } from './config.ts'
import { StartError } from './start-error.ts'
import { askControl } from './control.ts'
import { openHouse } from './house.ts'
import { createLog } from './log.ts'
import { options } from './options.ts'
import { claimHouse, problemLine, type SetupMade, type SetupRequest } from './setup-act.ts'

const known = {
  owner: 'value',
  home: 'value',
  zone: 'value',
  locale: 'value',
  region: 'value',
  agree: 'flag',
  json: 'flag',
} as const
const claimedExit = 3

/** `eaves setup`: through the running server, or on the data folder itself before the server first starts. */
export async function setup(args: readonly string[]): Promise<number> {
  const given = options(args, known)
  for (const name of ['owner', 'home'] as const)
    if (given[name] === undefined) throw new StartError(`setup needs --${name}.`)
  if (given.agree === undefined)
    throw new StartError(
      'setup needs --agree: it records that the owner accepts the service agreement and has read the privacy statement. Both can be read at /documents of a running server.',
    ) // sa.1
  const request = {
    owner: given.owner!.includes('@') ? { email: given.owner! } : { phone: given.owner! },
    home: { name: given.home!, zone: given.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone },
    locale: given.locale ?? 'en',
    region: given.region ?? 'other',
  } as SetupRequest
  const config = readConfig()
  const asked = await askControl(config.dataDir, request)
  if (asked?.problem !== undefined) return refuse(asked.problem, asked.claimed === true)
  if (asked?.made !== undefined) return tell(asked.made as SetupMade, given.json !== undefined)
  const house = await openHouse({
    config,
    log: createLog(config.log === 'info' ? 'warn' : config.log, (line) => process.stderr.write(`${line}\n`)),
    announceClaim: () => undefined,
  })
  try {
    await house.load()
    return tell(await claimHouse(house, request), given.json !== undefined)
  } catch (error) {
    if (!isAppError(error)) throw error
    return refuse(problemLine(error), error.code === 'claim.claimed')
  } finally {
    await house.stop()
  }
}

function tell(made: SetupMade, asJson: boolean): number {
  process.stdout.write(
    asJson
      ? `${JSON.stringify(made)}\n`
      : `Claimed. Home ${made.homeId}, account ${made.accountId}.\nA token with all rights to this home, for 90 days, shown once:\n${made.token}\n`,
  )
  return 0
}

function refuse(problem: string, isClaimed: boolean): number {
  process.stderr.write(`${problem}\n`)
  return isClaimed ? claimedExit : 1
}
