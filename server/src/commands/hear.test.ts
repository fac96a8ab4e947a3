// Catches somebody who is told what became of a command after their access has ended, on the socket or by waiting for the answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  hasCode,
  newId,
  type CommandRecord,
  type CommandRequest,
  type DeviceId,
  type HomeRole,
  type MemberLimits,
  type SubjectId,
} from '@eaves/model'
import { clause } from '@eaves/policy'
import { lampMessage, openHouse, type House } from '../devices/testing.ts'
import { testClock } from '../store/testing.ts'
import type { Commander } from './commands.ts'

const turnOn: CommandRequest = { capability: 'onOff', command: 'turnOn' }
const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

async function withHouse(run: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(testClock())
  try {
    house.driver.say(lampMessage(house.connection, 1, 'a'))
    await run(house)
  } finally {
    await house.end()
  }
}
function somebody({ homes, home }: House) {
  const subject = newId<SubjectId>()
  const become = (role: HomeRole, limits?: MemberLimits, name?: string) =>
    homes.relations.set(home, subject, { role, since: 0, limits, name })
  become('adult')
  const by: Commander = { subject, principal: { kind: 'person', subject, ...homes.relationsOf(subject) } }
  return { subject, by, become, leave: () => homes.relations.remove(home, subject) }
}
const done = (house: House, id: string) =>
  house.driver.say({ t: 'sent', command: id }, { t: 'r', v: [10, true] })

test('statuses end with the access of whoever sent the command; the command itself goes on', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const { by, subject, leave } = somebody(house)
    const heard: string[] = []
    const note = ({ status }: CommandRecord) => void heard.push(status)
    const { id } = await house.commands.submit(house.home, house.deviceId(), turnOn, by, note)
    assert.deepEqual(heard, ['accepted'])
    leave()
    done(house, id)
    await settle()
    assert.deepEqual(heard, ['accepted'])
    assert.equal((await house.commands.get(house.home, id, subject)).status, 'confirmed')
  }))

test('of a group it is the same, and its devices are still waited for', () =>
  withHouse(async (house) => {
    const { by, subject, leave } = somebody(house)
    const made = await house.groups.add(house.home, { name: 'All', devices: [house.deviceId()] })
    const heard: string[] = []
    const note = ({ status }: CommandRecord) => void heard.push(status)
    const { id } = await house.commands.submit(house.home, made.id as DeviceId, turnOn, by, note)
    await settle()
    leave()
    done(house, house.driver.of('command').at(-1)!.command)
    await settle()
    assert.deepEqual(heard, ['accepted'])
    assert.equal((await house.commands.get(house.home, id, subject)).status, 'confirmed')
  }))

test('who waits for the end is refused at once when they may no longer ask, and waits on when only something else of them changed', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const device = house.deviceId()
    const hidden: MemberLimits = {
      reach: 'all',
      rules: [{ effect: 'deny', on: { device }, acts: ['see'] }],
      hours: [],
    }
    const ends = [
      ['auth.not-found', (who: ReturnType<typeof somebody>) => who.leave()],
      ['auth.not-found', (who: ReturnType<typeof somebody>) => who.become('adult', hidden)],
      [
        'auth.forbidden',
        (who: ReturnType<typeof somebody>) =>
          who.become('adult', { ...hidden, rules: [{ ...hidden.rules[0]!, acts: ['control'] }] }),
      ],
    ] as const
    for (const [code, end] of ends) {
      const who = somebody(house)
      const { id } = await house.commands.submit(house.home, device, turnOn, who.by)
      const waiting = house.commands.ended(house.home, id, who.by, 30_000)
      who.become('adult', undefined, 'Grandma')
      await settle()
      end(who)
      // No time passes on this clock: it is the change that ends the wait.
      const answer = await Promise.race([
        waiting.catch((error: unknown) => error),
        settle().then(() => 'waits'),
      ])
      assert.ok(hasCode(answer, code), `${code}: ${JSON.stringify(answer)}`)
      house.clock.advance(1_000)
      done(house, id)
    }
    const who = somebody(house)
    const { id } = await house.commands.submit(house.home, device, turnOn, who.by)
    const waiting = house.commands.ended(house.home, id, who.by, 30_000)
    who.become('guest')
    done(house, id)
    assert.equal((await waiting).status, 'confirmed')
  }))
