// Catches a server that says it is ready and then refuses the first devices because its driver process is still coming up.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DriverManifest } from '@eaves/driver-kit'
import type { HomeId, SubjectId } from '@eaves/model'
import { Onboardings, type OnboardingsDeps } from './onboarding.ts'

test('an onboarding asked right after the start waits until the drivers are known', async () => {
  const manifest = { id: 'mqtt', steps: [] } as unknown as DriverManifest
  let known: readonly DriverManifest[] = []
  const ups = new Set<() => void>()
  const drivers = {
    manifests: () => known,
    onUp: (listener: () => void) => {
      ups.add(listener)
      return () => void ups.delete(listener)
    },
    onDown: () => () => undefined,
  }
  const connections = {
    manifest: () => {
      assert.ok(known.length > 0, 'asked for a manifest before there was one')
      return manifest
    },
    add: () => Promise.resolve('connection'),
    found: () => 0,
  }
  const onboardings = new Onboardings({ drivers, connections, now: () => 0 } as unknown as OnboardingsDeps)
  const begun = onboardings.begin('home' as HomeId, 'subject' as SubjectId, 'mqtt', {})
  await new Promise((resolve) => setImmediate(resolve))
  known = [manifest]
  for (const up of ups) up()
  assert.equal((await begun).driver, 'mqtt')
  assert.equal(ups.size, 0)
})
