// Catches a right that stands in the text and has no route, or one that asks for more proof than people were told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause, publishedVersions, rights } from '@eaves/policy'
import { openFamily } from './family-house.ts'

test('each right has its routes, in a household and for whoever is signed in, with no more proof than stated', async () => {
  clause('pp.7.2')
  const family = await openFamily()
  try {
    const entries = new Map(family.house.entries.map((each) => [`${each.method} ${each.path}`, each.access]))
    for (const [id, { ways, proof }] of Object.entries(rights)) {
      assert.ok(ways.length > 0, id)
      for (const way of ways) {
        const access = entries.get(way)
        assert.ok(access !== undefined, `${id}: there is no ${way}`)
        const asks = access.kind !== 'public' && access.stepUp !== undefined
        assert.equal(asks, proof === 'fresh', `${id}: ${way}`)
      }
    }
  } finally {
    await family.end()
  }
})

test('no way of a right that any published version names is gone or asks for more proof', async () => {
  clause('pp.7.2')
  const family = await openFamily()
  try {
    const entries = new Map(family.house.entries.map((each) => [`${each.method} ${each.path}`, each.access]))
    for (const { version, promised } of publishedVersions)
      for (const [id, { ways, proof }] of Object.entries(promised.rights))
        for (const way of ways) {
          const access = entries.get(way)
          assert.ok(access !== undefined, `${version}, ${id}: there is no ${way}`)
          const asks = access.kind !== 'public' && access.stepUp !== undefined
          assert.ok(!asks || proof === 'fresh', `${version}, ${id}: ${way} asks for more proof`)
        }
  } finally {
    await family.end()
  }
})
