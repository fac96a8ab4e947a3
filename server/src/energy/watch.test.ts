// Catches a limit that is told each minute, never again the next day, or for what was counted before anybody asked.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HomeSignals, type SignalHeard } from '../automations/automations.ts'
import { quietLog } from '../store/testing.ts'
import { openEnergyHouse } from './testing.ts'
import { EnergyWatch } from './watch.ts'

const at = (text: string): number => Date.parse(text)
const minute = 60_000

test('what a meter has counted today is told while somebody waits for it, and begins anew at midnight of the home', async () => {
  const house = await openEnergyHouse(at('2026-03-02T20:00:00Z'))
  const { home, subject, energy, counter, tell, clock } = house
  const signals = new HomeSignals()
  const of = signals.of(home)
  const meter = await energy.add(home, subject, {
    name: 'Mains',
    kind: 'grid-import',
    source: counter,
    swaps: [],
    tariffs: [],
  })
  const watch = new EnergyWatch({ homes: house.homes, energy, signals, timers: house.timers, log: quietLog })
  const [day, hour] = [`energy/${meter.id}/day`, `energy/${meter.id}/hour`]
  const heard: SignalHeard[] = []
  try {
    await watch.start()
    await tell(counter, [
      [at('2026-03-01T10:00:00Z'), 90],
      [at('2026-03-02T08:00:00Z'), 100],
      [at('2026-03-02T10:00:00Z'), 104],
    ])
    await watch.look()
    assert.equal(of.value(day), undefined, 'nobody has asked')
    of.on(day, (each) => heard.push(each))
    await watch.look()
    assert.equal(of.value(day), 4)
    assert.deepEqual(heard, [], 'what is so already is no news')
    await tell(counter, [[at('2026-03-02T19:30:00Z'), 111]])
    await watch.look()
    await watch.look()
    assert.deepEqual(
      heard.map(({ value, before }) => [value, before]),
      [[11, 4]],
    )
    assert.equal(of.value(hour), undefined)
    clock.advance(4 * 60 * minute)
    await tell(counter, [
      [at('2026-03-02T22:50:00Z'), 112],
      [at('2026-03-02T23:30:00Z'), 113],
    ])
    await watch.look()
    // In Berlin it is the third since 23:00 UTC.
    assert.deepEqual(
      heard.slice(1).map(({ value, before }) => [value, before]),
      [[1, 0]],
    )
    assert.equal(energy.known(home).length, 1)
    await energy.remove(home, subject, meter.id as never)
    assert.equal(energy.known(home).length, 0)
  } finally {
    await watch.stop()
    await house.end()
  }
})
