// Catches an automation that still acts for somebody who was erased, or still names them, in what it is, how it read before or what it did.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, type Someone } from './family-house.ts'

const hourMs = 3_600_000

onBothDialects(
  'an automation of somebody who is erased stops, names nobody, commands nothing, and acts again for whoever takes it over',
  async (_at, dialect) => {
    clause('pp.4.4.a')
    clause('pp.5.1')
    const family = await openFamily(dialect)
    try {
      const { owner, home, driver, clock } = family
      const ben = await family.somebody('ben', 'adult')
      const { lock, report } = await family.furnish(home, owner.subject, 'own')
      report(false)
      const devices: { id: string; name: string }[] = assertOk(await owner.ask('GET', family.at('/devices')))
      const named = (name: string) => devices.find((each) => each.name.startsWith(name))!.id
      const door = { device: named('Lock own'), capability: 'lock', attribute: 'locked' }
      const on = { kind: 'command', device: named('Lamp own'), capability: 'onOff', command: 'turnOn' }
      const body = {
        name: 'Welcome',
        triggers: [
          { kind: 'state', ...door, to: false },
          { kind: 'presence', who: ben.subject, is: 'home' },
          { kind: 'every', minutes: 30 },
        ],
        conditions: [{ kind: 'not', condition: { kind: 'presence', who: ben.subject, is: 'away' } }],
        actions: [on],
      }
      const automations = family.at('/automations')
      const { id } = assertOk(await ben.ask('POST', automations, body), 201)
      const one = `${automations}/${id}`
      assertOk(await ben.ask('PUT', one, { ...body, name: 'Welcome home', version: 1 }))
      const mine = assertOk(await owner.ask('POST', automations, { ...body, name: 'When Ben comes' }), 201)
      const sent = () => driver.of('command').length
      const open = () => {
        clock.advance(1_000)
        lock(true)
        lock(false)
      }
      open()
      assert.equal(sent(), 2)
      const before = assertOk(await owner.ask('GET', one))
      assert.deepEqual([before.author, before.stopped, 'next' in before], [ben.subject, undefined, true])

      assertOk(await ben.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
      clock.advance(72 * hourMs)
      await family.house.rights.run()
      open()
      assert.equal(sent(), 3, 'only what is of somebody else acts')
      const told = async (who: Someone, path = '') => assertOk(await who.ask('GET', `${one}${path}`))
      const look = async () => {
        const view = await told(owner)
        const { author, stopped, enabled, next } = view
        assert.deepEqual([author, stopped, enabled, next], [undefined, 'author-gone', true, undefined])
        const [versions, runs] = [await told(owner, '/versions'), await told(owner, '/runs')]
        assert.deepEqual([versions.length, runs.length], [2, 1])
        const theirs = await owner.ask('GET', `${automations}/${mine.id}`)
        const all = JSON.stringify([view, versions, runs, assertOk(theirs)])
        assert.ok(!all.includes(ben.subject), all)
        const run = await owner.ask('POST', `${one}/run`)
        assert.equal(run.json.code, 'automation.off')
      }
      await look()
      // So it stays when the server begins anew.
      await family.reopen()
      await look()
      const after = sent()
      const taken = assertOk(await owner.ask('PUT', `${one}/enabled`, { enabled: true }))
      assert.deepEqual([taken.author, taken.stopped], [owner.subject, undefined])
      assert.equal(sent(), after)
    } finally {
      await family.end()
    }
  },
)
