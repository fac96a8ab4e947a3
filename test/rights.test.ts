// Catches a right that stands in the text and has no route, or one that asks for more proof than people were told.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause, publishedVersions, rights } from '@eaves/policy'
import { operatingRoles, regions } from '@eaves/model'
import { openFamily } from './family-house.ts'
import { openInHouse } from './in-house.ts'

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

const operator = {
  controller: { name: 'Elm Hosting', address: 'Elm Street 1, 12345 Town' },
  privacyContact: 'privacy@elm.invalid',
  dataProtectionOfficer: { notRequired: 'fewer than twenty people' },
  euRepresentative: { notRequired: 'established in the Union' },
  complaintChannel: 'complaints@elm.invalid',
  affiliatesUrl: { notRequired: 'there are no affiliates' },
}

/** An id of nothing that every path takes: one that begins with a digit is no recipient's. */
const nowhere = 'a'.repeat(26)

/** How each way of each right answers one person, with ids of their own where a path names a home, else with ids of nothing. */
async function answersOf(role: (typeof operatingRoles)[number], folder: string) {
  const inside = await openInHouse('sqlite', undefined, {
    env: { EAVES_ROLE: role, EAVES_OPERATOR_FILE: join(folder, 'operator.json') },
  })
  try {
    const { house } = inside
    await house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const found: Record<string, readonly string[]> = {}
    for (const region of regions) {
      const subject = await inside.person(`${region.toLowerCase()}@example.org`, region)
      const home = await house.homes.create(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
      const { cookie } = await inside.signIn(subject)
      const ask = async (way: string) => {
        const [method = '', path = ''] = way.split(' ')
        const at = path
          .replace('{home}', home)
          .replace('{purpose}', 'account.device-label')
          .replaceAll(/\{\w+\}/g, nowhere)
        const { status, json } = await inside.call({
          method: method.toUpperCase(),
          path: at,
          cookie,
          ...(method === 'get' || method === 'delete' ? {} : { body: { given: true } }),
        })
        return `${way} ${status} ${status < 300 ? '' : (json?.code ?? '')}`
      }
      const answers: string[] = []
      for (const { ways } of Object.values(rights)) for (const way of ways) answers.push(await ask(way))
      found[region] = answers
    }
    return found
  } finally {
    await inside.end()
  }
}

test('every right answers the same in every region and in both operating roles', async () => {
  clause('pp.1.3')
  const folder = mkdtempSync(join(tmpdir(), 'eaves-operator-'))
  writeFileSync(join(folder, 'operator.json'), JSON.stringify(operator))
  try {
    const cells: [string, readonly string[]][] = []
    for (const role of operatingRoles)
      for (const [region, answers] of Object.entries(await answersOf(role, folder)))
        cells.push([`${role} ${region}`, answers])
    assert.equal(cells.length, operatingRoles.length * regions.length)
    const [, expected] = cells[0]!
    for (const [cell, answers] of cells) assert.deepEqual(answers, expected, cell)
    for (const answer of expected) assert.doesNotMatch(answer, / (401|451|503) /, answer)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
