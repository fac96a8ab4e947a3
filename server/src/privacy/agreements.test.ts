// Catches a refusal that is forgotten for a while because somebody looked at the same moment.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { openPeople } from '../people/testing.ts'
import { onBothDialects } from '../store/testing.ts'
import { createAgreements } from './agreements.ts'
import { createCatalogue } from './catalogue.ts'

/** The same object, but each answer of the store arrives only once `until` has come. */
function late<T extends object>(value: T, until: () => Promise<void>): T {
  return new Proxy(value, {
    get(target, name) {
      const inner: unknown = Reflect.get(target, name, target)
      if (typeof inner !== 'function') return inner
      return (...args: unknown[]): unknown => {
        const made: unknown = Reflect.apply(inner, target, args)
        if (name === 'execute') return (made as Promise<unknown>).then((rows) => until().then(() => rows))
        return typeof made === 'object' && made !== null && name !== 'transaction' ? late(made, until) : made
      }
    },
  })
}

onBothDialects('a refusal holds at once, also for a look-up that began before it', async (at) => {
  clause('sa.1')
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  const held = Promise.withResolvers<void>()
  let waits = true
  const { clock } = at.options
  const agreements = createAgreements({
    facts: late(at.stores.facts, async () => (waits ? held.promise : undefined)),
    clock,
    catalogue: createCatalogue(),
    inForce: () => ({ effectiveAt: 0, raised: [] }),
    activity: t.activity,
  })
  const looking = agreements.isCurrent(subject)
  await new Promise((resolve) => setTimeout(resolve, 20))
  waits = false
  await agreements.refuse(subject, 'en', 'EU', 'app')
  held.resolve()
  await looking
  assert.equal(await agreements.isCurrent(subject), false)
})
