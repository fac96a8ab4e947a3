// Catches a query that type-checks without a scope, an actor and a purpose, or that leaves its scope by its types.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import type { DeviceId, HomeId, Sealed, SubjectId } from '@eaves/model'
import type { Db } from './handle.ts'
import type { Facts } from './schema.ts'

/** Never runs: the compiler is the test, and an error that stops being one turns the check red. */
export function neverRuns(facts: Db<Facts>, home: HomeId, subject: SubjectId, device: DeviceId): void {
  // @ts-expect-error nothing can be read without saying who asks and why
  facts.selectFrom('home')
  // @ts-expect-error an access without purpose
  facts.as({ scope: { home }, actor: { kind: 'person', subject } })
  // @ts-expect-error an access without actor
  facts.as({ scope: { home }, purpose: 'service.core' })
  // @ts-expect-error an access without scope
  facts.as({ actor: { kind: 'person', subject }, purpose: 'service.core' })
  // @ts-expect-error a purpose that nobody registered
  facts.as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'curiosity' })
  // @ts-expect-error a person never has the whole instance
  facts.as({ scope: { instance: true }, actor: { kind: 'person', subject }, purpose: 'service.core' })

  const ofHome = facts.as({ scope: { home }, actor: { kind: 'person', subject }, purpose: 'service.core' })
  // @ts-expect-error an account belongs to no home
  ofHome.selectFrom('account')
  // @ts-expect-error a home has no instance-wide rows
  ofHome.selectFrom('instance')
  // @ts-expect-error jobs without a home are not a home's
  ofHome.selectFrom('job')
  const ofPerson = facts.as({
    scope: { person: subject },
    actor: { kind: 'person', subject },
    purpose: 'service.core',
  })
  // @ts-expect-error devices belong to no person
  ofPerson.selectFrom('device')
  // @ts-expect-error agreements are only ever added
  ofPerson.updateTable('agreement')
  // @ts-expect-error and never taken back
  ofPerson.deleteFrom('consent_event')
  // @ts-expect-error plain text is no sealed name
  void ofHome.updateTable('home').set({ name: 'Elm Street' })
  // @ts-expect-error a column that is not sealed cannot be sealed
  void ofHome.seal('home', 'zone', home, 'Europe/Berlin')
  // @ts-expect-error a person's columns are not sealed under a home
  void ofHome.seal('account', 'email', subject, 'ada@example.org')
  // @ts-expect-error what is sealed has a shape
  void ofHome.seal('device', 'details', device, { name: 'Lamp' })
  // @ts-expect-error a sealed name of one shape is not another's
  void ofHome.open('device', 'details', device, 'text' as unknown as Sealed<string>)
}

test('no query type-checks without a scope, an actor and a purpose', () => {
  clause('pp.5.1')
  assert.equal(neverRuns.length, 4)
})
