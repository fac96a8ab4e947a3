// Catches a text that loses or changes an automation on its way out and in, that guesses, or that is made to hurt.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AutomationTextPreview } from '@eaves/model/api'
import { inHall, lit, withHouse, type Setting } from './testing.ts'
import { writtenOf } from './written.ts'

const preview = ({ automations, house }: Setting, text: string): Promise<AutomationTextPreview> =>
  writtenOf(automations).texts.preview(house.home, house.subject, text)
const save = ({ automations, house }: Setting, text: string, leave = false) =>
  writtenOf(automations).texts.save(house.home, house.subject, text, leave)
const elsewhere = 'a'.repeat(26)

async function hall({ make, sensor, lamp }: Setting) {
  return make({
    name: 'Hall: "at night"',
    triggers: [{ kind: 'state', device: sensor, ...inHall, to: true }],
    conditions: [
      { kind: 'time', after: '22:00', before: '06:00' },
      { kind: 'expression', cel: `online('${sensor}') && online('${lamp}')` },
    ],
    actions: [lit(lamp), { kind: 'delay', seconds: 120 }, lit(lamp, 'turnOff')],
    mode: 'restart',
  })
}

test('what goes out comes in as the same, names what it names, and an edit of one line is one change', async () => {
  await withHouse(async (setting) => {
    const { automations, house, sensor, lamp } = setting
    const id = await hall(setting)
    for (const as of ['yaml', 'json'] as const) {
      const text = await writtenOf(automations).texts.write(house.home, { as })
      const { faults, automations: found } = await preview(setting, text)
      assert.deepEqual([faults, found.map(({ change, id: of }) => [change, of])], [[], [['same', id]]], as)
    }
    const text = await writtenOf(automations).texts.write(house.home, {})
    assert.match(text, new RegExp(`device: ${sensor} # Sensor s\n`))
    assert.match(text, new RegExp(`# ${sensor} = Sensor s; ${lamp} = Lamp l\n`))
    const edited = text.replace('seconds: 120', 'seconds: 60')
    assert.equal((await preview(setting, edited)).automations[0]!.change, 'changed')
    assert.deepEqual(await save(setting, edited), { created: [], changed: [id], left: 0 })
    const { version, actions } = await automations.get(house.home, id)
    assert.deepEqual([version, actions[1]], [2, { kind: 'delay', seconds: 60 }])
  })
})

test('what comes from another home finds its devices by name, and what no name finds is told and not guessed', async () => {
  await withHouse(async (setting) => {
    const { automations, house, sensor, lamp, lock } = setting
    const id = await hall(setting)
    const swap = (text: string): string =>
      text.replaceAll(sensor, 'b'.repeat(26)).replaceAll(lamp, 'c'.repeat(26)).replaceAll(id, elsewhere)
    for (const as of ['yaml', 'json'] as const) {
      const text = swap(await writtenOf(automations).texts.write(house.home, { as }))
      const { automations: found } = await preview(setting, text)
      assert.deepEqual([found[0]!.change, found[0]!.faults], ['same', []], as)
      assert.match(JSON.stringify(found[0]!.automation), new RegExp(`online\\('${sensor}'\\) .*"${lamp}"`))
    }
    const text = swap(await writtenOf(automations).texts.write(house.home, {})).replaceAll(
      '# Lamp l',
      '# Lamp of mine',
    )
    const [one] = (await preview(setting, text)).automations
    const at = text.split('\n').findIndex((line) => line.includes('Lamp of mine')) + 1
    assert.deepEqual(
      one!.faults.filter(({ line }) => line === at),
      [
        {
          path: 'actions.0.device',
          code: 'not-found',
          what: 'device',
          name: 'Lamp of mine',
          line: at,
          column: 9,
        },
      ],
    )
    await assert.rejects(save(setting, text), { code: 'automation.text-faulty' })
    assert.equal((await automations.list(house.home)).length, 1)
    house.homes.device(house.home, lock).name = 'Lamp l'
    const twice = (await preview(setting, text.replaceAll('# Lamp of mine', '# Lamp l'))).automations
    assert.ok(twice[0]!.faults.every(({ code, name }) => code === 'several' && name === 'Lamp l'))
    assert.equal(twice[0]!.faults.filter(({ path }) => path === 'actions.0.device').length, 1)
  })
})

test('of several nothing is saved when one is faulty, unless that one may be left; those that name each other find each other', async () => {
  await withHouse(async (setting) => {
    const { automations, house, lamp } = setting
    const text = `
- id: ${elsewhere}
  name: First
  triggers: [{ kind: time, at: "07:00" }]
  actions:
    - { kind: run, automation: Fourth }
- name: Second
  triggers: [{ kind: run, automation: ${elsewhere}, result: done }]
  actions: [{ kind: command, device: Lamp l, capability: onOff, command: turnOn }]
- name: Fifth
  triggers: [{ kind: time, at: "07:00" }]
  actions: [{ kind: run, automation: Second }]
- name: Third
  triggers: [{ kind: time, at: "25:00" }]
  actions: [{ kind: stop }]
`
    const { automations: found } = await preview(setting, text)
    assert.deepEqual(
      found.map(({ faults }) => faults.map(({ path, code, line }) => [path, code, line])),
      [[['actions.0.automation', 'not-found', 6]], [], [], [['triggers.0.at', 'invalid-format', 14]]],
    )
    await assert.rejects(save(setting, text), { code: 'automation.text-faulty' })
    assert.deepEqual(await save(setting, text, true), { created: [], changed: [], left: 4 })
    const saved = await save(setting, text.replace('Fourth', 'Fifth'), true)
    assert.deepEqual([saved.created.length, saved.left], [3, 1])
    const all = await automations.list(house.home)
    const named = (name: string) => all.find((each) => each.name === name)
    assert.equal((named('Second')!.actions[0] as { device?: string }).device, lamp)
    assert.deepEqual(named('First')!.actions[0], { kind: 'run', automation: named('Fifth')!.id })
  })
})

test('a text that is made to hurt is refused at its line, in no time', async (t) => {
  await withHouse(async (setting) => {
    const laughs = [
      'a: &a [x, x, x]',
      ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]}, `.repeat(9)}x]`),
    ]
    const began = process.cpuUsage()
    const codes = []
    for (const text of [
      laughs.join('\n'),
      '['.repeat(100_000),
      '- '.repeat(100_000),
      `{"a":`.repeat(50_000),
      'a: 1\n---\nb: 2',
      '- name: "no end',
      '__proto__: { name: x }',
      '   ',
      'eaves: automations/9\nautomations: []',
      'automations: 7',
      '- 7',
      'name: !!js/function "x"',
      `${Array.from({ length: 20_000 }, (_, i) => `a${i}: 1`).join('\n')}\na0: 1`,
      '%A b\n'.repeat(80_000),
      '- "\n'.repeat(100_000),
      '- a\n'.repeat(120_000),
    ]) {
      const { faults, automations } = await preview(setting, text)
      codes.push([...faults, ...automations.flatMap((each) => each.faults)][0]!.code)
    }
    assert.deepEqual(codes, [
      'text-alias',
      'text-too-deep',
      'text-too-deep',
      'text-too-deep',
      'text-several',
      'yaml-missing-char',
      'text-key',
      'text-empty',
      'text-form',
      'text-no-list',
      'text-no-automation',
      'invalid-type',
      'yaml-duplicate-key',
      'text-too-big',
      'text-too-big',
      'text-too-big',
    ])
    const spent = process.cpuUsage(began).user / 1_000
    t.diagnostic(`${spent.toFixed(0)} ms`)
    assert.ok(spent < 5_000)
  })
})
