import type { CaseKind, Category, OperatingRole, Purpose, Region, StaffRole, SubjectId } from '@eaves/model'
import { decide, type Decision, type Facts as Known } from '@eaves/policy'
import type { Stops } from '../store/stops.ts'
import type { Agreements } from './agreements.ts'
import type { ChoiceLedger } from './choices.ts'
import type { Minors } from './minors.ts'

export interface UseDeps {
  readonly role: OperatingRole
  readonly stops: Stops
  readonly agreements: Pick<Agreements, 'isCurrent' | 'covers'>
  readonly ledger: Pick<ChoiceLedger, 'list'>
  readonly minors: Pick<Minors, 'isMinor' | 'standing'>
  readonly accountOf: (subject: SubjectId) => Promise<{ readonly region: Region } | undefined>
}
/** A look of staff at somebody: who, for which case, what for and at what. */
export interface StaffLook {
  readonly staff: { readonly subject: SubjectId; readonly role: StaffRole }
  readonly subject: SubjectId
  readonly kind: CaseKind
  readonly purpose: Purpose
  readonly categories: readonly Category[]
}

/** Asks the decision core whether a purpose holds for somebody at this moment, with what the ledgers say of them. // pp.4.4.b pp.4.4.c */
export function createUse({ role, stops, agreements, ledger, minors, accountOf }: UseDeps) {
  const known = async (subject: SubjectId, purpose: Purpose): Promise<Known> => {
    const { restricted, objections } = stops.of(subject)
    const choices = (await ledger.list(subject)).flatMap(({ purpose: of, given, events }) =>
      events.length === 0 ? [] : [[of, given ? 'given' : 'refused'] as const],
    )
    const isTold = (await agreements.isCurrent(subject)) && (await agreements.covers(subject, { purpose })) // pp.5.6
    return {
      region: (await accountOf(subject))?.region ?? 'other',
      agreement: isTold ? 'current' : 'outdated',
      choices: Object.fromEntries(choices),
      objections: [...objections],
      restricted,
      guardian: await minors.standing(subject), // pp.6
      minor: await minors.isMinor(subject),
    }
  }
  const context = { operatingRole: role }
  return {
    mayUse: async (subject: SubjectId, purpose: Purpose): Promise<boolean> =>
      decide({
        principal: { kind: 'person', subject, roles: new Map(), limits: new Map(), isClaimant: false },
        verb: 'self.edit',
        resource: { kind: 'self', subject },
        context,
        purpose,
        categories: [],
        facts: await known(subject, purpose),
      }).purpose.allow,
    /** Both verdicts, for the log tells which of them refused. // pp.5.1 */
    mayOpen: async ({ staff, subject, kind, purpose, categories }: StaffLook): Promise<Decision> =>
      decide({
        principal: { kind: 'staff', ...staff },
        verb: 'case.open',
        resource: { kind: 'case', subject, case: kind },
        context,
        purpose,
        categories,
        facts: await known(subject, purpose),
      }),
  }
}
