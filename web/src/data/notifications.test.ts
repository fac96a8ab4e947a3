// Catches a browser that is told it can get notices when it cannot, or the wrong reason why not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { abilityIn, type Ability, type Surroundings } from './notifications.ts'

const able: Surroundings = {
  isSecureContext: true,
  hasWorker: true,
  hasPush: true,
  permission: 'default',
  isApplePhone: false,
  isInstalled: false,
}
const cases: readonly (readonly [Partial<Surroundings>, Ability])[] = [
  [{}, 'can'],
  [{ permission: 'granted' }, 'can'],
  [{ permission: 'denied' }, 'denied'],
  [{ hasPush: false }, 'unsupported'],
  [{ hasWorker: false }, 'unsupported'],
  [{ permission: undefined }, 'unsupported'],
  [{ isSecureContext: false, hasWorker: false, permission: undefined }, 'not-secure'],
  [{ isApplePhone: true, hasPush: false, permission: undefined }, 'not-installed'],
  [{ isApplePhone: true, isInstalled: true }, 'can'],
  [{ isApplePhone: true, isInstalled: true, hasPush: false }, 'unsupported'],
]
for (const [over, ability] of cases)
  test(`${JSON.stringify(over)} means ${ability}`, () =>
    assert.equal(abilityIn({ ...able, ...over }), ability))
