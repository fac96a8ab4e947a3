// Catches a way across homes, a token that outgrows its maker, and an unknown word that is let through.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  deviceKinds,
  personalActs,
  reachActs,
  roles,
  safetyClasses,
  type DeviceId,
  type HomeId,
  type HomeRole,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import { clause } from './clauses.ts'
import { may, type PersonPrincipal, type Principal, type Resource, type TokenPrincipal } from './may.ts'
import { closed, reaches, unnarrowed, type DeviceFacts, type Limits } from './reach.ts'
import { roleVerbs } from './roles.ts'
import { roleSafety } from './safety.ts'
import { verbs, type Verb } from './verbs.ts'

const homes = ['a', 'b', 'c'].map((letter) => letter.repeat(26) as HomeId)
const subjects = ['x', 'y'].map((letter) => letter.repeat(26) as SubjectId)
const household = { operatingRole: 'household' } as const

const anyHome = fc.constantFrom(...homes)
const anySubject = fc.constantFrom(...subjects)
const anyVerb = fc.constantFrom(...(Object.keys(verbs) as Verb[]))
const anyContext = fc.constantFrom(
  { operatingRole: 'household' } as const,
  { operatingRole: 'hosted' } as const,
)
const anyRoles = fc
  .uniqueArray(fc.tuple(anyHome, fc.constantFrom(...roles)), { selector: ([home]) => home, maxLength: 3 })
  .map((pairs) => new Map<HomeId, HomeRole>(pairs))
const devices: readonly DeviceFacts[] = [
  { id: 'd'.repeat(26) as DeviceId, room: 'r'.repeat(26) as RoomId, kind: 'light' },
  { id: 'e'.repeat(26) as DeviceId, room: 's'.repeat(26) as RoomId, kind: 'lock' },
  { id: 'f'.repeat(26) as DeviceId, room: null, kind: 'camera' },
]
const anyRule = fc.record({
  effect: fc.constantFrom('allow' as const, 'deny' as const),
  on: fc.oneof(
    fc.constantFrom(...devices).map(({ id }) => ({ device: id })),
    fc.constantFrom('r', 's').map((letter) => ({ room: letter.repeat(26) as RoomId })),
    fc.constantFrom(...deviceKinds).map((kind) => ({ kind })),
    fc.constant({ home: true as const }),
  ),
  acts: fc.subarray([...reachActs], { minLength: 1 }),
})
const anyLimit: fc.Arbitrary<Limits> = fc.oneof(
  fc.constant(closed),
  fc.record({
    isClosed: fc.constant(false),
    reach: fc.constantFrom('all' as const, 'listed' as const),
    rules: fc.array(anyRule, { maxLength: 4 }),
  }),
)
const anyLimits = fc
  .uniqueArray(fc.tuple(anyHome, anyLimit), { selector: ([home]) => home, maxLength: 3 })
  .map((pairs) => new Map<HomeId, Limits>(pairs))
const lamp = devices[0]!
const guestLimits: Limits = {
  isClosed: false,
  reach: 'listed',
  rules: [{ effect: 'allow', on: { device: lamp.id }, acts: ['see', 'control'] }],
}
const anyPerson: fc.Arbitrary<PersonPrincipal> = fc.record({
  kind: fc.constant('person' as const),
  subject: anySubject,
  roles: anyRoles,
  limits: anyLimits,
})
const anyToken: fc.Arbitrary<TokenPrincipal> = fc.record({
  kind: fc.constant('token' as const),
  subject: anySubject,
  roles: anyRoles,
  limits: anyLimits,
  homes: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(anyHome).map((list) => new Set(list)),
  ),
  verbs: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(anyVerb).map((list) => new Set(list)),
  ),
})
const anyResource: fc.Arbitrary<Resource> = fc.oneof(
  fc.record({ kind: fc.constant('home' as const), home: anyHome, safety: fc.constantFrom(...safetyClasses) }),
  fc.record({
    kind: fc.constant('home' as const),
    home: anyHome,
    safety: fc.constantFrom(...safetyClasses),
    device: fc.constantFrom(...devices),
  }),
  fc.record({
    kind: fc.constant('person' as const),
    home: anyHome,
    subject: anySubject,
    shares: fc.subarray([...personalActs]).map((list) => new Set(list)),
    guardian: fc.option(anySubject, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('home' as const), home: anyHome }),
  fc.record({ kind: fc.constant('self' as const), subject: anySubject }),
  fc.constant({ kind: 'instance' as const }),
  fc.constant({ kind: 'public' as const }),
)
const makerOf = ({ subject, roles: held, limits }: TokenPrincipal): PersonPrincipal => ({
  kind: 'person',
  subject,
  roles: held,
  limits,
})

test('nobody crosses into a home where they hold no role', () => {
  clause('pp.5.1')
  fc.assert(
    fc.property(
      fc.oneof(anyPerson, anyToken),
      anyVerb,
      anyHome,
      fc.constantFrom(...safetyClasses),
      anyContext,
      (principal, verb, home, safety, context) => {
        if (principal.roles.has(home)) return
        assert.deepEqual(may(principal, verb, { kind: 'home', home, safety }, context), {
          allow: false,
          within: false,
        })
      },
    ),
  )
})

test('a token never does what its maker may not, and never sees further', () => {
  fc.assert(
    fc.property(anyToken, anyVerb, anyResource, anyContext, (token, verb, resource, context) => {
      const own = may(token, verb, resource, context)
      const maker = may(makerOf(token), verb, resource, context)
      assert.ok(!own.allow || maker.allow)
      assert.ok(!own.within || maker.within)
    }),
    { numRuns: 2000 },
  )
})

test('narrowing a token never adds a permission', () => {
  fc.assert(
    fc.property(anyToken, anyVerb, anyVerb, anyResource, (token, dropped, verb, resource) => {
      if (token.verbs === 'all') return
      const narrower = { ...token, verbs: new Set([...token.verbs].filter((one) => one !== dropped)) }
      assert.ok(
        !may(narrower, verb, resource, household).allow || may(token, verb, resource, household).allow,
      )
    }),
  )
})

test('taking a role away never adds a permission', () => {
  fc.assert(
    fc.property(
      anyPerson,
      anyHome,
      anyVerb,
      anyResource,
      anyContext,
      (person, removed, verb, resource, context) => {
        const without = { ...person, roles: new Map([...person.roles].filter(([home]) => home !== removed)) }
        assert.ok(!may(without, verb, resource, context).allow || may(person, verb, resource, context).allow)
      },
    ),
    { numRuns: 1000 },
  )
})

test('limits only ever take away, but for a device that is named for a child, guest or wall panel', () => {
  fc.assert(
    fc.property(anyPerson, anyVerb, anyResource, (person, verb, resource) => {
      const free = { ...person, limits: unnarrowed }
      const limited = may(person, verb, resource, household)
      if (!limited.allow || may(free, verb, resource, household).allow) return
      assert.ok(resource.kind === 'home' && verb === 'device.command' && resource.device !== undefined)
      const { rules } = person.limits.get(resource.home)!
      assert.ok(
        rules.some(
          ({ effect, on }) => effect === 'allow' && 'device' in on && on.device === resource.device!.id,
        ),
      )
    }),
    { numRuns: 3000 },
  )
})

test('a further deny never adds a permission, and whoever does not see a device does nothing with it', () => {
  fc.assert(
    fc.property(
      anyLimit,
      anyRule,
      fc.constantFrom(...devices),
      fc.constantFrom(...reachActs),
      (limits, rule, device, act) => {
        const stricter = { ...limits, rules: [...limits.rules, { ...rule, effect: 'deny' as const }] }
        assert.ok(!reaches(stricter, device, act) || reaches(limits, device, act))
        assert.ok(!reaches(limits, device, act) || reaches(limits, device, 'see'))
      },
    ),
    { numRuns: 2000 },
  )
})

test('outside their hours a member may only leave or say what others see of them', () => {
  fc.assert(
    fc.property(anyPerson, anyHome, anyVerb, fc.constantFrom(...devices), (person, home, verb, device) => {
      const shut = { ...person, limits: new Map([[home, closed]]) }
      const { allow } = may(shut, verb, { kind: 'home', home, safety: 'comfort', device }, household)
      assert.ok(!allow || verb === 'member.self')
    }),
  )
})

test('what another member shows is theirs to say, whatever the role of who looks', () => {
  clause('pp.4.1')
  const [you, other] = subjects as [SubjectId, SubjectId]
  for (const role of roles)
    for (const guardian of [undefined, you, other]) {
      const viewer: PersonPrincipal = {
        kind: 'person',
        subject: you,
        roles: new Map([[homes[0]!, role]]),
        limits: unnarrowed,
      }
      const about = (shares: readonly 'contact'[]) => ({
        kind: 'person' as const,
        home: homes[0]!,
        subject: other,
        shares: new Set(shares),
        guardian,
      })
      const isGuardian = guardian === you
      assert.equal(may(viewer, 'person.contact', about([]), household).allow, isGuardian)
      const knowsMembers = role !== 'guest' && role !== 'kiosk'
      assert.equal(
        may(viewer, 'person.contact', about(['contact']), household).allow,
        isGuardian || knowsMembers,
      )
    }
})

test('operators, drivers, devices and strangers get nothing but what is public', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('stranger', 'operator', 'driver', 'device'),
      anyVerb,
      anyResource,
      anyContext,
      (kind, verb, resource, context) => {
        assert.equal(
          may({ kind }, verb, resource, context).allow,
          verb === 'public.read' && resource.kind === 'public',
        )
      },
    ),
  )
})

test('an unknown verb, role, safety class or kind of resource is denied', () => {
  const owner: Principal = {
    kind: 'person',
    subject: subjects[0]!,
    roles: new Map([[homes[0]!, 'owner']]),
    limits: unnarrowed,
  }
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty')),
      anyResource,
      (verb, resource) => {
        if (Object.hasOwn(verbs, verb)) return
        assert.equal(may(owner, verb as Verb, resource, household).allow, false)
      },
    ),
  )
  const king: Principal = {
    kind: 'person',
    subject: subjects[0]!,
    roles: new Map([[homes[0]!, JSON.parse('"king"')]]),
    limits: unnarrowed,
  }
  assert.deepEqual(may(king, 'home.read', { kind: 'home', home: homes[0]! }, household), {
    allow: false,
    within: false,
  })
  assert.equal(
    may(
      owner,
      'device.command',
      { kind: 'home', home: homes[0]!, safety: JSON.parse('"harmless"') },
      household,
    ).allow,
    false,
  )
  assert.equal(may(owner, 'home.read', JSON.parse('{"kind":"galaxy"}'), household).allow, false)
})

test('each role may do no more than the one above it; a panel in the hall alone shows the mode, of which no guest is told', () => {
  const order: readonly HomeRole[] = ['kiosk', 'guest', 'child', 'adult', 'admin', 'owner']
  for (const [index, lower] of order.slice(0, -1).entries()) {
    const higher = order[index + 1]!
    assert.ok(
      [...roleVerbs.get(lower)!]
        .filter((verb) => lower !== 'kiosk' || verb !== 'mode.read')
        .every((verb) => roleVerbs.get(higher)!.has(verb)),
      `${lower} exceeds ${higher}`,
    )
    assert.ok(
      [...roleSafety.get(lower)!].every((safety) => roleSafety.get(higher)!.has(safety)),
      `${lower} exceeds ${higher}`,
    )
  }
  assert.deepEqual([...roleVerbs.keys()].toSorted(), [...roles].toSorted())
})

test('a verdict cannot be altered by whoever receives it', () => {
  const verdict = may({ kind: 'stranger' }, 'home.read', { kind: 'home', home: homes[0]! }, household)
  assert.throws(() => Object.assign(verdict, { allow: true }), TypeError)
})

test('a decision takes at most one microsecond in the median of a million', () => {
  const person: PersonPrincipal = {
    kind: 'person',
    subject: subjects[0]!,
    roles: new Map([
      [homes[0]!, 'guest'],
      [homes[1]!, 'owner'],
    ]),
    limits: new Map([[homes[0]!, guestLimits]]),
  }
  const token: Principal = {
    kind: 'token',
    subject: subjects[0]!,
    roles: person.roles,
    limits: person.limits,
    homes: new Set([homes[0]!]),
    verbs: new Set<Verb>(['device.command', 'device.read']),
  }
  const resources: readonly Resource[] = [
    { kind: 'home', home: homes[0]!, safety: 'comfort', device: lamp },
    { kind: 'home', home: homes[0]!, safety: 'security', device: lamp },
    { kind: 'home', home: homes[2]!, safety: 'comfort' },
  ]
  let allowed = 0
  const batches: number[] = []
  for (let batch = 0; batch < 1000; batch++) {
    const startMs = performance.now()
    for (let call = 0; call < 1000; call++)
      if (may(call % 2 === 0 ? person : token, 'device.command', resources[call % 3]!, household).allow)
        allowed++
    batches.push(performance.now() - startMs)
  }
  // A thousand calls in a batch: its milliseconds are the microseconds of one call.
  const medianUs = batches.toSorted((a, b) => a - b)[500]!
  assert.ok(medianUs <= 1, `${medianUs} µs`)
  assert.equal(allowed, 667_000)
})
