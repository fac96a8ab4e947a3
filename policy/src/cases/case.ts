import type { HomeId, HomeRole, SubjectId } from '@eaves/model'
import type { ClauseId } from '../clauses.ts'
import type { Ask, Facts, PurposeReason } from '../decide.ts'
import type { PersonPrincipal, TokenPrincipal } from '../may.ts'
import { unnarrowed } from '../reach.ts'
import type { Verb } from '../verbs.ts'

/** One situation: what is asked under which facts, and what must come out. Everything not said is as in `ordinary`. */
export interface PolicyCase {
  readonly situation: string
  readonly ask: Partial<Omit<Ask, 'facts'>> & { readonly facts?: Partial<Facts> }
  readonly expect: {
    readonly allow: boolean
    readonly within?: boolean
    readonly reason?: PurposeReason
    readonly clauses?: readonly ClauseId[]
  }
}

export interface PromiseCases {
  readonly promise: string
  readonly keeps: readonly ClauseId[]
  readonly cases: readonly PolicyCase[]
}

export const ownHome = 'ownhomeaaaaaaaaaaaaaaaaaaa' as HomeId
export const otherHome = 'otherhomeaaaaaaaaaaaaaaaaa' as HomeId
export const neverHome = 'neverhomeaaaaaaaaaaaaaaaaa' as HomeId
export const self = 'selfaaaaaaaaaaaaaaaaaaaaaa' as SubjectId
export const someoneElse = 'someoneelseaaaaaaaaaaaaaaa' as SubjectId

/** A member of the own home, and of no other. */
export const person = (role: HomeRole): PersonPrincipal => ({
  kind: 'person',
  subject: self,
  roles: new Map([[ownHome, role]]),
  limits: unnarrowed,
})
/** A token made by such a member. */
export const token = (
  role: HomeRole,
  homes: readonly HomeId[] | 'all',
  verbs: readonly Verb[] | 'all',
): TokenPrincipal => ({
  kind: 'token',
  subject: self,
  roles: new Map([[ownHome, role]]),
  limits: unnarrowed,
  homes: homes === 'all' ? 'all' : new Set(homes),
  verbs: verbs === 'all' ? 'all' : new Set(verbs),
})

/** An adult who has agreed looks at the devices of the own home. */
export const ordinary: Ask = {
  principal: person('adult'),
  verb: 'device.read',
  resource: { kind: 'home', home: ownHome },
  context: { operatingRole: 'household' },
  purpose: 'service.core',
  categories: ['home.activity'],
  facts: {
    region: 'EU',
    agreement: 'current',
    choices: {},
    objections: [],
    restricted: false,
    guardian: 'not-needed',
    minor: false,
  },
}

export function completed({ facts, ...rest }: PolicyCase['ask']): Ask {
  return { ...ordinary, ...rest, facts: { ...ordinary.facts, ...facts } }
}
