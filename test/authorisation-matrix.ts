// The matrix of authorisation: every entry × caller × relation, each answer against the description in test/cedar.
import assert from 'node:assert/strict'
import { newId, type DeviceId, type HomeId } from '@eaves/model'
import type { DeviceFacts } from '@eaves/policy'
import type { Entry } from '../server/src/http/entry.ts'
import type { Caller, World } from './authorisation-world.ts'
import { openOracle, type Question } from './cedar/oracle.ts'
import { told, type Answer } from './in-house.ts'

/** What an unclaimed server answers, and what a signed-in person may do without the current agreement. */
export const beforeClaim = new Set([
  'get /health',
  'get /api/documents',
  'get /api/documents/changes',
  'get /api/documents/history',
  'get /api/documents/promises',
  'get /api/documents/{document}/{version}/{locale}',
  'get /api/gate',
  'get /api/contact',
  'post /api/claim',
  'post /api/claim/check',
  'get /api/erasures/{erasure}',
])
export const open = new Set([
  ...beforeClaim,
  'get /api/openapi.json',
  'get /api/docs',
  'post /api/undo',
  'get /api/recipients',
  'post /api/invitations/look',
  'post /api/panels/pair',
  'post /api/hooks/{secret}',
  ...['enrolment', 'enrolment/confirm', 'sign-in'].map((way) => `post /api/operator/${way}`),
  ...['codes', 'code', 'password', 'recovery', 'link', 'passkeys', 'passkey', 'second-factor'].map(
    (way) => `post /api/sign-in/${way}`,
  ),
])
export const withoutAgreement = new Set([
  'get /api/me/agreements',
  'post /api/me/agreements',
  'post /api/sign-out',
  'post /api/sign-out/everywhere',
  'get /api/me/held',
  'get /api/me/requests',
  'post /api/me/requests',
  'get /api/me/requests/{request}',
  'delete /api/me/requests/{request}',
  'post /api/me/requests/{request}/links',
  'get /api/me/packages/{code}',
  'get /api/me/children/{child}/held',
  'get /api/me/children/{child}/requests',
  'post /api/me/children/{child}/requests',
  'get /api/me/children/{child}/requests/{request}',
  'delete /api/me/children/{child}/requests/{request}',
  'post /api/me/children/{child}/requests/{request}/links',
  'get /api/me/children/{child}/packages/{code}',
])
/** What takes a proof of the last five minutes, which no token can give. */
export const freshProof = new Set([
  'put /api/me/password',
  'put /api/homes/{home}/members/{member}/guardian',
  'put /api/homes/{home}/members/{member}/guardian/age',
  'post /api/me/recovery-codes',
  'post /api/me/tokens',
  'delete /api/homes/{home}',
  'post /api/me/passkey-challenges',
  'post /api/me/passkeys',
  'delete /api/me/passkeys/{passkey}',
  'post /api/me/addresses',
  'post /api/me/addresses/confirm',
  'delete /api/me/addresses/{address}',
  'post /api/me/totp',
  'post /api/me/totp/confirm',
  'delete /api/me/totp',
  'post /api/homes/{home}/transfer',
  'post /api/homes/{home}/transfer/accept',
  'post /api/homes/{home}/lock-out',
  'post /api/me/requests/{request}/links',
  'post /api/me/children/{child}/requests',
  'post /api/me/children/{child}/requests/{request}/links',
  'put /api/homes/{home}/alarm/setup',
  'put /api/homes/{home}/alarm/codes/me',
  'delete /api/homes/{home}/alarm/codes/me',
  'post /api/homes/{home}/alarm/codes',
])
/** The same of staff, who exist in hosted alone. */
export const freshProofOfStaff = new Set(['post /api/operator/openings'])
export const nameOf = (entry: Entry) => `${entry.method} ${entry.path}`
export const verbOf = (entry: Entry): string => ('verb' in entry.access ? entry.access.verb : 'public')

const oracle = openOracle()
const known = new Map<string, ReturnType<typeof oracle>>()

/** The answer of the description in test/cedar, and around it the order of refusals. */
function expected(
  caller: Caller,
  entry: Entry,
  home: string,
  device: DeviceFacts | undefined,
  isHousehold: boolean,
): 'yes' | 401 | 403 | 404 | 451 {
  if (open.has(nameOf(entry))) return 'yes'
  if (caller.kind === 'stranger') return 401
  if (!caller.agreed && !withoutAgreement.has(nameOf(entry))) return 451
  const on: Question['on'] = entry.path.includes('{home}')
    ? { kind: 'home', home, safety: 'comfort', ...(device === undefined ? {} : { device }) }
    : entry.access.kind === 'instance'
      ? { kind: 'instance' }
      : entry.access.kind === 'staff'
        ? { kind: 'console' }
        : { kind: 'self', subject: caller.name }
  const verdict = verdictOf(caller, verbOf(entry), on, isHousehold)
  const proves = (caller.kind === 'person' || caller.kind === 'staff') && caller.proof !== 'old'
  const takesProof = freshProof.has(nameOf(entry)) || freshProofOfStaff.has(nameOf(entry))
  return verdict === 'yes' && takesProof && !proves ? 403 : verdict
}

/** What the description says of this caller, act and thing. */
export function verdictOf(
  caller: Caller,
  verb: string,
  on: Question['on'],
  isHousehold = true,
): ReturnType<typeof oracle> {
  const key = JSON.stringify([caller.name, verb, on, isHousehold])
  const before = known.get(key)
  if (before !== undefined) return before
  const { homes, verbs } = caller
  const answer = oracle({
    who: caller.kind === 'panel' || caller.kind === 'staff' ? caller.kind : 'person',
    ...(caller.work === undefined ? {} : { work: caller.work }),
    subject: caller.name,
    roles: caller.roles,
    limits: caller.limits ?? new Map(),
    token: caller.kind === 'token' ? { ...(homes && { homes }), ...(verbs && { verbs }) } : undefined,
    household: isHousehold,
    claimed: caller.name === 'owner',
    verb,
    on,
  })
  known.set(key, answer)
  return answer
}

export const bytes = ({ status, text, headers }: Answer) => JSON.stringify([status, text, headers])

const relations = ['own', 'lesser', 'foreign', 'deleted', 'never existed'] as const
const malformed = [
  'ABC',
  '__proto__',
  'constructor',
  'a'.repeat(400),
  encodeURIComponent("' OR 1=1 --"),
  '%00',
]

interface Cell {
  readonly caller: Caller
  readonly entry: Entry
  readonly home: string
  readonly at: Readonly<Record<string, string>>
  readonly device: DeviceFacts | undefined
  readonly where: string
}

/** All cells of one caller at one entry: its own homes, others, none, and texts that are no id; of devices one that is seen and one that is not. */
function cellsOf(world: World, caller: Caller, entry: Entry): Cell[] {
  const { own, lesser, foreign, deleted } = world
  const homes: string[] = entry.path.includes('{home}')
    ? [own, lesser, foreign, deleted, newId(), ...malformed]
    : [own]
  return homes.flatMap((home, index) => {
    const inside: Record<string, string> = {
      ...world.inside(([own, lesser, foreign] as string[]).includes(home) ? (home as HomeId) : own),
      home,
    }
    const where = `${caller.name}: ${nameOf(entry)} in ${relations[index] ?? 'malformed'}`
    const cell = { caller, entry, home, where }
    const key = entry.path.includes('{device}')
      ? 'device'
      : entry.path.includes('{group}')
        ? 'group'
        : undefined
    if (key === undefined || home !== own) return [{ ...cell, at: inside, device: undefined }]
    return [inside[key]!, world.hidden(own)].map((id) => ({
      ...cell,
      at: { ...inside, [key]: id },
      device: factsIn(world, own, id),
      where: `${where}, ${id === inside[key] ? key : 'another device'}`,
    }))
  })
}

export function factsIn({ house }: World, home: HomeId, id: string): DeviceFacts | undefined {
  const found = house.homes.runtime(home).devices.get(id as DeviceId)
  return found === undefined ? undefined : { id: found.id, room: found.room, kind: found.shape.kind }
}

/**
 * Makes the calls and compares. `every` = 1 makes each cell, n every n-th of each caller's, beginning elsewhere for each.
 * A refusal must also leave no row and no word to a driver behind. Answers how many cells of how many were made.
 */
export async function runMatrix(world: World, every: number): Promise<{ made: number; of: number }> {
  const { house, callers } = world
  const { cookie: own } = callers.find((each) => each.name === 'owner') ?? callers[0]!
  const nothing = bytes(await world.call({ method: 'GET', path: `/api/homes/${newId()}`, cookie: own }))
  let [made, of] = [0, 0]
  // When a way in was last used is noted once a minute: before anything is compared.
  for (const { cookie, token } of callers)
    await world.call({ method: 'GET', path: '/api/homes', cookie, token })
  for (const [offset, caller] of callers.entries()) {
    const all = house.entries.map((entry) => ({
      entry,
      cells: cellsOf(world, caller, entry).filter(() => (of++ + offset) % every === 0),
    }))
    const before = await marked(world)
    for (const { cells } of all) {
      for (const cell of cells) await judge(world, cell, nothing)
      made += cells.length
    }
    if ((await marked(world)) !== before) await findChange(world, all, nothing)
  }
  return { made, of }
}

const marked = async ({ mark, driver }: World) => JSON.stringify([await mark(), told(driver)])

/** Asks once more, entry by entry, to say which of them changed something. */
async function findChange(
  world: World,
  all: readonly { readonly entry: Entry; readonly cells: readonly Cell[] }[],
  nothing: string,
): Promise<never> {
  for (const { entry, cells } of all) {
    const before = await marked(world)
    for (const cell of cells) await judge(world, cell, nothing)
    const name = `${cells[0]?.caller.name}: ${nameOf(entry)}`
    assert.equal(await marked(world), before, `${name} was refused and yet changed something`)
  }
  assert.fail('something that was refused changed something, once')
}

async function judge(
  world: World,
  { caller, entry, home, at, device, where }: Cell,
  nothing: string,
): Promise<void> {
  const want = expected(caller, entry, home, device, world.isHousehold)
  if (want === 'yes') {
    // A query that no entry knows is refused after the door and before the act.
    const { status, json, text } = await world.ask(caller, entry, at, '?nobodyKnowsThis=1')
    assert.deepEqual(
      [status, json?.errors?.at(-1)],
      [422, { path: 'nobodyKnowsThis', code: 'unknown-field' }],
      `${where}: ${text}`,
    )
    return
  }
  const answer = await world.ask(caller, entry, at)
  assert.equal(answer.status, want, `${where}: ${answer.text}`)
  if (want === 404) assert.equal(bytes(answer), nothing, where)
  else assert.match(answer.json.reference, /^[a-z2-7]{26}$/, where)
}
