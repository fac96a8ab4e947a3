import { readFileSync } from 'node:fs'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { reachActs, roles, type HomeRole, type MemberLimits, type ReachAct } from '@eaves/model'

/** What the rules are asked about, in plain words of its own: nothing here is read from the program. */
export interface Question {
  readonly who: 'person' | 'panel' | 'staff'
  /** What staff are there for. */
  readonly work?: string
  readonly subject: string
  readonly roles: ReadonlyMap<string, HomeRole>
  readonly limits: ReadonlyMap<
    string,
    (Pick<MemberLimits, 'reach' | 'rules'> & { readonly isClosed: boolean }) | undefined
  >
  readonly token?: { readonly homes?: Iterable<string>; readonly verbs?: Iterable<string> } | undefined
  readonly household: boolean
  /** Whether it is who claimed the server. */
  readonly claimed: boolean
  readonly verb: string
  readonly on:
    | {
        readonly kind: 'home'
        readonly home: string
        readonly safety?: string
        readonly device?: { readonly id: string; readonly room: string | null; readonly kind: string }
      }
    | {
        readonly kind: 'person'
        readonly home: string
        readonly subject: string
        readonly guardian: string | undefined
        readonly shares: Iterable<string>
      }
    | { readonly kind: 'self'; readonly subject: string }
    | { readonly kind: 'instance' }
    | { readonly kind: 'console' }
    | { readonly kind: 'case'; readonly subject: string; readonly case: string }
}
/** `403`: denied in what one belongs to; `404`: as if it never were. */
export type Answer = 'yes' | 403 | 404

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const policies = 'eaves'

/** Reads the rules once; throws when they do not fit their own schema. */
export function openOracle(): (question: Question) => Answer {
  const schema = file('eaves.cedarschema')
  const staticPolicies = file('eaves.cedar')
  const checked = cedar.validate({ schema, policies: { staticPolicies } })
  if (checked.type !== 'success' || checked.validationErrors.length > 0)
    throw new Error(`eaves.cedar does not fit its schema: ${JSON.stringify(checked, null, 1)}`)
  for (const parsed of [
    cedar.preparsePolicySet(policies, { staticPolicies }),
    cedar.preparseSchema(policies, schema),
  ])
    if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors))
  return (question) =>
    allows(question, question.verb)
      ? 'yes'
      : question.on.kind !== 'instance' &&
          allows(question, question.on.kind === 'console' ? 'works here' : 'knows')
        ? 403
        : 404
}

const uid = (type: string, id: string) => ({ type, id })
const ref = (type: string, id: string) => ({ __entity: { type, id } })
const roleId = (home: string, role: string) => `${home} ${role}`

function allows(question: Question, action: string): boolean {
  const { who, subject, on } = question
  const principal = uid(who === 'staff' ? 'Staff' : who === 'panel' ? 'Panel' : 'Account', subject)
  const attrs: Record<string, string> = who === 'staff' ? { role: question.work ?? '' } : { id: subject }
  const home = 'home' in on ? on.home : undefined
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: uid('Action', action),
    resource: resourceOf(on),
    context: contextOf(question, home),
    entities: [
      { uid: principal, attrs, parents: who === 'staff' ? [] : rolesOf(question) },
      ...entitiesOf(on, home),
    ],
    preparsedPolicySetId: policies,
    preparsedSchemaName: policies,
    validateRequest: true,
  })
  // A verb that does not stand on such a thing is not even a question: it is a denial.
  if (answer.type !== 'success') return false
  if (answer.response.diagnostics.errors.length > 0)
    throw new Error(JSON.stringify(answer.response.diagnostics.errors))
  return answer.response.decision === 'allow'
}

function resourceOf(on: Question['on']) {
  if (on.kind === 'home') return on.device === undefined ? uid('Home', on.home) : uid('Device', on.device.id)
  if (on.kind === 'person') return uid('Member', on.subject)
  if (on.kind === 'console') return uid('Console', 'console')
  if (on.kind === 'case') return uid('File', on.subject)
  return on.kind === 'self' ? uid('Desk', on.subject) : uid('Hub', 'hub')
}

function rolesOf({ roles: held }: Question) {
  const parents = [...held].map(([home, role]) => uid('Role', roleId(home, role)))
  const keeps = [...held.values()].some((role) => role === 'owner' || role === 'admin')
  return keeps ? [...parents, uid('Role', 'keepers')] : parents
}

function entitiesOf(on: Question['on'], home: string | undefined) {
  const made: cedar.EntityJson[] = []
  if (home !== undefined)
    made.push({
      uid: uid('Home', home),
      attrs: {
        home: ref('Home', home),
        ...Object.fromEntries(roles.map((role) => [role, ref('Role', roleId(home, role))])),
      },
      parents: [],
    })
  if (on.kind === 'home' && on.device !== undefined) {
    const { id, room, kind } = on.device
    const attrs = { home: ref('Home', on.home), kind, ...(room === null ? {} : { room: ref('Room', room) }) }
    made.push({ uid: uid('Device', id), attrs, parents: [] })
  }
  if (on.kind === 'person')
    made.push({
      uid: uid('Member', on.subject),
      attrs: {
        home: ref('Home', on.home),
        id: on.subject,
        guardian: on.guardian ?? '',
        shares: [...on.shares],
      },
      parents: [],
    })
  if (on.kind === 'case') made.push({ uid: uid('File', on.subject), attrs: { case: on.case }, parents: [] })
  if (on.kind === 'self') made.push({ uid: uid('Desk', on.subject), attrs: { of: on.subject }, parents: [] })
  return made
}

function contextOf({ limits, token, household, claimed, verb, on }: Question, home: string | undefined) {
  const held = home === undefined ? undefined : limits.get(home)
  const targets = (effect: 'allow' | 'deny') =>
    Object.fromEntries(
      reachActs.map((act: ReachAct) => {
        const rules = (held?.rules ?? []).filter((rule) => rule.effect === effect && rule.acts.includes(act))
        const of = (key: string) =>
          rules.flatMap(({ on: target }) => (key in target ? [(target as Record<string, string>)[key]!] : []))
        return [
          act,
          {
            devices: of('device').map((id) => ref('Device', id)),
            rooms: of('room').map((id) => ref('Room', id)),
            kinds: of('kind'),
            home: of('home').length > 0,
          },
        ]
      }),
    )
  return {
    verb,
    household,
    claimed,
    closed: held?.isClosed === true,
    listed: held !== undefined && held.reach === 'listed',
    narrowed: held !== undefined && !held.isClosed && (held.reach === 'listed' || held.rules.length > 0),
    allow: targets('allow'),
    deny: targets('deny'),
    ...(on.kind === 'home' && on.safety !== undefined ? { safety: on.safety } : {}),
    ...(token === undefined
      ? {}
      : {
          token: {
            ...(token.homes === undefined ? {} : { homes: [...token.homes].map((id) => ref('Home', id)) }),
            ...(token.verbs === undefined ? {} : { verbs: [...token.verbs] }),
          },
        }),
  }
}
