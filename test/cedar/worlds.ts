// Made-up worlds of authorisation, asked of the decision core and of its description.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  caseKinds,
  deviceKinds,
  personalActs,
  reachActs,
  roles,
  safetyClasses,
  staffRoles,
  type DeviceId,
  type HomeId,
  type HomeRole,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import {
  closed,
  may,
  verbs,
  type DeviceFacts,
  type Limits,
  type Principal,
  type Resource,
  type Verb,
} from '@eaves/policy'
import { openOracle, type Answer, type Question } from './oracle.ts'

const homes = ['a', 'b', 'c'].map((letter) => letter.repeat(26) as HomeId)
const subjects = ['x', 'y'].map((letter) => letter.repeat(26) as SubjectId)
const rooms = ['r', 's'].map((letter) => letter.repeat(26) as RoomId)
const devices: readonly DeviceFacts[] = ['d', 'e', 'f'].map((letter, index) => ({
  id: letter.repeat(26) as DeviceId,
  room: rooms[index] ?? null,
  kind: deviceKinds[index * 6]!,
}))
const anyHome = fc.constantFrom(...homes)
const anySubject = fc.constantFrom(...subjects)
const anyVerb = fc.constantFrom(...(Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb] !== 'public'))
const anyDevice = fc.constantFrom(...devices)
const anyRule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  on: fc.oneof(
    anyDevice.map(({ id }) => ({ device: id })),
    fc.constantFrom(...rooms).map((room) => ({ room })),
    anyDevice.map(({ kind }) => ({ kind })),
    fc.constant({ home: true as const }),
  ),
  acts: fc.subarray([...reachActs], { minLength: 1 }),
})
const anyLimit: fc.Arbitrary<Limits> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(closed) },
  {
    weight: 6,
    arbitrary: fc.record({
      isClosed: fc.constant(false),
      reach: fc.constantFrom('all' as const, 'listed' as const),
      rules: fc.array(anyRule, { maxLength: 4 }),
    }),
  },
)
const held = fc.record({
  roles: fc
    .uniqueArray(fc.tuple(anyHome, fc.constantFrom(...roles)), {
      selector: ([home]) => home,
      minLength: 1,
      maxLength: 3,
    })
    .map((pairs) => new Map<HomeId, HomeRole>(pairs)),
  limits: fc
    .uniqueArray(fc.tuple(anyHome, anyLimit), { selector: ([home]) => home, maxLength: 2 })
    .map((pairs) => new Map<HomeId, Limits>(pairs)),
})
const anyPrincipal: fc.Arbitrary<
  Exclude<Principal, { kind: 'stranger' | 'device' | 'driver' | 'operator' }>
> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom('person' as const, 'panel' as const),
      subject: anySubject,
      isClaimant: fc.boolean(),
      held,
    })
    .map(({ held: relations, ...who }) => ({ ...who, ...relations })),
  fc
    .record({
      subject: anySubject,
      held,
      homes: fc.oneof(
        fc.constant('all' as const),
        fc.uniqueArray(anyHome).map((list) => new Set(list)),
      ),
      verbs: fc.oneof(
        fc.constant('all' as const),
        fc.uniqueArray(anyVerb).map((list) => new Set(list)),
      ),
    })
    .map(({ held: relations, ...token }) => ({ kind: 'token' as const, ...token, ...relations })),
  fc.record({
    kind: fc.constant('staff' as const),
    subject: anySubject,
    role: fc.constantFrom(...staffRoles),
  }),
)
const anyResource: fc.Arbitrary<Exclude<Resource, { kind: 'public' }>> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('home' as const),
      home: anyHome,
      safety: fc.constantFrom(...safetyClasses),
      device: anyDevice,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('home' as const),
      home: anyHome,
      safety: fc.constantFrom(...safetyClasses),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('home' as const), home: anyHome, device: anyDevice }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      home: anyHome,
      subject: anySubject,
      shares: fc.subarray([...personalActs]).map((list) => new Set(list)),
      guardian: fc.option(anySubject, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('self' as const), subject: anySubject }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'instance' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'console' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('case' as const),
      subject: anySubject,
      case: fc.constantFrom(...caseKinds),
    }),
  },
)
const world = fc
  .record({
    principal: anyPrincipal,
    resource: anyResource,
    household: fc.boolean(),
    stray: fc.nat(9),
    any: anyVerb,
    pick: fc.nat(),
  })
  .map(({ stray, any, pick, ...rest }) => {
    const fitting = (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb] === rest.resource.kind)
    return { ...rest, verb: stray === 0 ? any : fitting[pick % fitting.length]! }
  })
const worldOf = (verb: Verb) =>
  fc.record({
    principal: anyPrincipal,
    resource: anyResource.filter(({ kind }) => kind === verbs[verb]),
    household: fc.boolean(),
    verb: fc.constant(verb),
  })
/** A verb that does not stand on such a thing: both must deny, and how is nobody's concern. */
const isMisplaced = ({ verb, resource }: World) => verbs[verb] !== resource.kind
const agree = (each: World, want: Answer, got: Answer) =>
  isMisplaced(each) ? want !== 'yes' && got !== 'yes' : want === got
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

function byProgram({ principal, verb, resource, household }: World): Answer {
  const { allow, within } = may(principal, verb, resource, {
    operatingRole: household ? 'household' : 'hosted',
  })
  return allow ? 'yes' : within ? 403 : 404
}
function question({ principal, verb, resource, household }: World): Question {
  return {
    who: principal.kind === 'panel' || principal.kind === 'staff' ? principal.kind : 'person',
    ...(principal.kind === 'staff' ? { work: principal.role } : {}),
    subject: principal.subject,
    roles: 'roles' in principal ? principal.roles : new Map(),
    limits: 'limits' in principal ? principal.limits : new Map(),
    ...(principal.kind === 'token'
      ? {
          token: {
            ...(principal.homes === 'all' ? {} : { homes: principal.homes }),
            ...(principal.verbs === 'all' ? {} : { verbs: principal.verbs }),
          },
        }
      : {}),
    household,
    claimed: principal.kind === 'person' && principal.isClaimant === true,
    verb,
    on: resource,
  }
}

/** How often each answer came in so many worlds; throws, with its seed, at the first in which the two disagree. */
export function compareWorlds(count: number): ReadonlyMap<Answer, number> {
  const ask = openOracle()
  const seen = new Map<Answer, number>()
  fc.assert(
    fc.property(world, (each) => {
      const want = ask(question(each))
      seen.set(want, (seen.get(want) ?? 0) + 1)
      const got = byProgram(each)
      assert.ok(agree(each, want, got), `the program says ${got}, the description ${want}`)
    }),
    { numRuns: count },
  )
  for (const answer of ['yes', 403, 404] as const)
    assert.ok((seen.get(answer) ?? 0) > count / 50, `too few answers of ${answer}`)
  return seen
}

/** Whether some world of so many, all about one verb when it is named, tells the two apart; ends at the first. */
export function differ(count: number, verb?: Verb): boolean {
  const ask = openOracle()
  return fc.check(
    fc.property(verb === undefined ? world : worldOf(verb), (each) =>
      agree(each, ask(question(each)), byProgram(each)),
    ),
    { numRuns: count, endOnFailure: true },
  ).failed
}
