import { AppError, isAppError, staffRoles } from '@eaves/model'
import { z } from 'zod'
import { readConfig, type Config } from '../config.ts'
import { askControl } from '../control.ts'
import { systemClock } from '../deps.ts'
import { createLog } from '../log.ts'
import { options } from '../options.ts'
import { problemLine } from '../setup-act.ts'
import { StartError } from '../start-error.ts'
import { openStores, type Stores } from '../store/stores.ts'
import type { StaffAccounts, StaffAdded, StaffListed } from './accounts.ts'

/** What the verb needs to know of the house. */
export interface StaffVerbs {
  readonly tenant: string
  readonly accounts: (stores: Stores) => StaffAccounts
}
const usage = `eaves operator add NAME --role ${staffRoles.join('|')} | list | remove NAME, each with --json if you like.`
const request = z.union([
  z.strictObject({ add: z.string(), role: z.string() }),
  z.strictObject({ remove: z.string() }),
  z.strictObject({ list: z.literal(true) }),
])
export type StaffRequest = z.infer<typeof request>
const asked = z.strictObject({ operator: request })

/** Answers the command line; undefined when it asked for something else. */
export async function answerStaff(
  accounts: StaffAccounts | undefined,
  question: unknown,
): Promise<object | undefined> {
  const read = asked.safeParse(question)
  if (!read.success) return undefined
  if (accounts === undefined) throw new AppError('server.no-staff')
  return { made: await act(accounts, read.data.operator) }
}

function act(accounts: StaffAccounts, wish: StaffRequest): Promise<unknown> {
  if ('add' in wish) return accounts.add({ name: wish.add, role: wish.role })
  return 'remove' in wish ? accounts.remove(wish.remove) : accounts.list()
}

/** `eaves operator`: who works for a hosted service; through the running server, or on its data while none runs. */
export async function operator(args: readonly string[], verbs: StaffVerbs): Promise<number> {
  const { wish, asJson } = requestOf(args)
  const config = readConfig()
  // Before anything is opened: a household has no staff, and its data stay as they are. // pp.5.1
  if (config.role !== 'hosted')
    throw new StartError(
      'Staff exist in a hosted service alone. In a household nobody but its people sees anything; set EAVES_ROLE=hosted only for a server that is run for others.',
    )
  const answer = await askControl(config.dataDir, { operator: wish })
  if (answer?.problem !== undefined) return refuse(answer.problem)
  try {
    const made = answer === undefined ? await alone(config, verbs, wish) : answer.made
    process.stdout.write(`${asJson ? JSON.stringify(made) : inWords(wish, made)}\n`)
    return 0
  } catch (error) {
    if (!isAppError(error)) throw error
    return refuse(problemLine(error))
  }
}

function requestOf(args: readonly string[]): { readonly wish: StaffRequest; readonly asJson: boolean } {
  const [verb, ...rest] = args
  const isNamed = rest[0]?.startsWith('--') === false
  const named = isNamed ? rest[0] : undefined
  const more = isNamed ? rest.slice(1) : rest
  const given = options(more, { ...(verb === 'add' ? { role: 'value' } : {}), json: 'flag' } as const)
  const asJson = given.json !== undefined
  if (verb === 'list' && named === undefined) return { wish: { list: true }, asJson }
  if (verb === 'remove' && named !== undefined) return { wish: { remove: named }, asJson }
  if (verb === 'add' && named !== undefined && given.role !== undefined)
    return { wish: { add: named, role: given.role }, asJson }
  throw new StartError(`Say what: ${usage}`)
}

async function alone(config: Config, { tenant, accounts }: StaffVerbs, wish: StaffRequest): Promise<unknown> {
  const { dataDir, keyFile, databaseUrl } = config
  const log = createLog('error', (line) => process.stderr.write(`${line}\n`))
  const stores = await openStores({
    dataDir,
    keyFile,
    clock: systemClock,
    log,
    tenant,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  })
  try {
    return await act(accounts(stores), wish)
  } finally {
    await stores.close()
  }
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\n`)
  return 1
}

function inWords(wish: StaffRequest, made: unknown): string {
  if ('remove' in wish) return `${wish.remove} no longer works here; every sign-in of theirs has ended.`
  if ('list' in wish) return listed(made as StaffListed[])
  const { name, role, code, until } = made as StaffAdded
  return [
    `${name} is added (${role}). This link is shown this once, works once, until ${until}:`,
    '',
    `  /operator/enrol#${code}`,
    '',
    'It belongs behind the address of this server. Give it to them in person or by a way that you trust.',
  ].join('\n')
}

function listed(staff: readonly StaffListed[]): string {
  if (staff.length === 0) return 'Nobody works here.'
  return staff
    .map(({ name, role, isEnrolled }) => `${role.padEnd(9)} ${name}${isEnrolled ? '' : ' (not yet in)'}`)
    .join('\n')
}
