// Catches a blueprint that takes a wrong value, does what its saver may not, or carries something of the home away.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import type { BlueprintPreview, BlueprintRead } from '@eaves/model/api'
import { inHall, lit, withHouse, written, type Setting } from './testing.ts'
import { writtenOf } from './written.ts'

const preview = (
  { automations, house }: Setting,
  text: string,
  values?: BlueprintRead['values'],
): Promise<BlueprintPreview> =>
  writtenOf(automations).blueprints.preview(
    house.home,
    house.subject,
    values === undefined ? { text } : { text, values },
  )
const told = ({ faults }: BlueprintPreview) => faults.map(({ path, code }) => [path, code])

const motion = `
eaves: blueprint/1
name: Light by motion
inputs:
  - { name: sensor, kind: device, label: Motion sensor, capabilities: [occupancy] }
  - { name: lamp, kind: device, label: Lamp, capabilities: [onOff], of: light }
  - { name: long, kind: duration, label: For how long, default: 120, max: 600 }
  - { name: since, kind: time, label: From, default: "22:00" }
  - { name: warm, kind: number, label: Warmer than, unit: celsius, min: 0, max: 30, default: 18 }
  - { name: who, kind: person, label: Who, default: anyone }
  - { name: says, kind: text, label: What is said, default: Somebody is there }
  - { name: days, kind: weekdays, label: On which days, default: [1, 2] }
  - { name: day, kind: date, label: On which day, default: 12-24 }
automation:
  triggers:
    - { kind: state, device: { $input: sensor }, capability: occupancy, attribute: occupied, to: true }
    - { kind: time, at: "23:00", date: { $input: day } }
  conditions:
    - { kind: time, after: { $input: since }, before: "06:00", weekdays: { $input: days } }
    - { kind: expression, cel: "value(input.sensor, 'temperature', 'celsius') > input.warm && 'input.warm' != 'x'" }
    - { kind: presence, who: { $input: who }, is: home }
  actions:
    - { kind: command, device: { $input: lamp }, capability: onOff, command: turnOn }
    - { kind: delay, seconds: { $input: long } }
    - kind: notify
      to: author
      text: { $input: says }
`

test('the values stand where the inputs were, and what is made of it is an automation like any other', async () => {
  await withHouse(async (setting) => {
    const { automations, house, sensor, lamp } = setting
    const values = {
      sensor,
      lamp,
      warm: -2.5,
      days: [6, 7],
      day: '02-29',
      says: 'It said {$input: lamp} and "input.lamp"',
    }
    assert.deepEqual(told(await preview(setting, motion, values)), [['inputs.4', 'input-bounds']])
    const seen = await preview(setting, motion, { ...values, warm: 2.5 })
    assert.deepEqual([seen.faults, seen.checks], [[], []])
    const { triggers, conditions = [], actions, name } = seen.automation!
    assert.deepEqual(triggers[1], { kind: 'time', at: '23:00', date: '02-29' })
    assert.equal(name, 'Light by motion')
    assert.deepEqual(conditions[0], { kind: 'time', after: '22:00', before: '06:00', weekdays: [6, 7] })
    assert.deepEqual(conditions[1], {
      kind: 'expression',
      cel: `value("${sensor}", 'temperature', 'celsius') > 2.5 && 'input.warm' != 'x'`,
    })
    assert.deepEqual(actions, [
      lit(lamp),
      { kind: 'delay', seconds: 120 },
      { kind: 'notify', to: 'author', text: values.says },
    ])
    const id = await automations.create(house.home, house.subject, written(seen.automation), true)
    assert.equal((await automations.get(house.home, id)).author, house.subject)
  })
})

test('each wrong value and each wrong place is told with its path, its line and its input', async () => {
  await withHouse(async (setting) => {
    const { sensor, lamp, lock } = setting
    const seen = await preview(setting, motion)
    assert.equal(seen.blueprint?.inputs.length, 9)
    assert.deepEqual(seen.faults, [
      { path: 'inputs.0', code: 'input-missing', line: 5, column: 5, input: 'sensor' },
      { path: 'inputs.1', code: 'input-missing', line: 6, column: 5, input: 'lamp' },
    ])
    const wrong = {
      sensor: lamp,
      lamp: 'a'.repeat(26),
      long: '2',
      since: '25:00',
      who: lock,
      says: true,
      days: 'all',
      day: '02-30',
      other: 1,
    }
    assert.deepEqual(told(await preview(setting, motion, wrong)), [
      ['inputs.0', 'unsupported'],
      ['inputs.1', 'not-found'],
      ['inputs.2', 'input-kind'],
      ['inputs.3', 'input-kind'],
      ['inputs.5', 'not-found'],
      ['inputs.6', 'input-kind'],
      ['inputs.7', 'input-kind'],
      ['inputs.8', 'input-kind'],
      ['values.other', 'input-unknown'],
    ])
    const change = (from: string, to: string) => preview(setting, motion.replace(from, to), { sensor, lamp })
    const cases: readonly (readonly [string, string, string, string])[] = [
      ['seconds: { $input: long }', 'seconds: 5', 'inputs.2', 'input-unused'],
      [
        'seconds: { $input: long }',
        'seconds: { $input: since }',
        'automation.actions.1.seconds',
        'input-place',
      ],
      ['{ $input: says }', '{ $input: said }', 'automation.actions.2.text', 'input-unknown'],
      ['command: turnOn', 'command: { $input: says }', 'automation.actions.0.command', 'input-place'],
      ['input.warm &&', 'input.days &&', 'automation.conditions.1.cel', 'input-place'],
      ['{ $input: days }', '[{ $input: days }]', 'inputs.7', 'input-unused'],
      ['{ $input: long }', '{ $input: long, x: 1 }', 'automation.actions.1.seconds', 'input-place'],
      ['input.warm &&', 'input.cold &&', 'automation.conditions.1.cel', 'input-unknown'],
      ['kind: delay, seconds', '{ $input: says }: delay, seconds', 'automation', 'input-place'],
      ['name: lamp', 'name: sensor', 'inputs.1.name', 'input-twice'],
      ['max: 30', 'max: 3', 'inputs.4', 'input-bounds'],
      ['default: 120', 'default: { $input: warm }', 'inputs.2.default', 'invalid-type'],
      ['kind: person', 'kind: people', 'inputs.5.kind', 'invalid-value'],
      [
        'capability: onOff, command: turnOn',
        'capability: onOff, command: toggl',
        'automation.actions.0.command',
        'unknown',
      ],
      ['to: author', 'to: nobody', 'automation.actions.2.to', 'invalid-value'],
    ]
    for (const [from, to, path, code] of cases) {
      const faults = told(await change(from, to))
      assert.ok(
        faults.some((each) => each[0] === path && each[1] === code),
        `${to}: ${JSON.stringify(faults)}`,
      )
    }
  })
})

test('it does nothing that whoever saves it may not', async () => {
  await withHouse(async (setting) => {
    const { house, automations, lock } = setting
    const text = `
eaves: blueprint/1
name: Door
inputs: [{ name: door, kind: device, label: Door }]
automation:
  triggers: [{ kind: time, at: "07:00" }]
  actions: [{ kind: command, device: { $input: door }, capability: lock, command: unlock }]
`
    const child = newId<SubjectId>()
    house.homes.relations.set(house.home, child, { role: 'child', since: 0, guardian: house.subject })
    const { faults, automation } = await writtenOf(automations).blueprints.preview(house.home, child, {
      text,
      values: { door: lock },
    })
    assert.deepEqual(
      faults.map(({ path, code }) => [path, code]),
      [['automation.actions.0.command', 'auth.forbidden']],
    )
    await assert.rejects(automations.create(house.home, child, written(automation), true), {
      code: 'automation.invalid',
    })
    const own = await preview(setting, text, { door: lock })
    assert.deepEqual([own.faults, own.checks.map(({ code }) => code)], [[], ['unguarded']])
  })
})

test('a text that is made to hurt is refused in no time', async () => {
  await withHouse(async (setting) => {
    const began = performance.now()
    const head = 'eaves: blueprint/1\nname: x\n'
    const many = '  - { kind: text }\n'.repeat(10_000)
    const codes = []
    for (const text of [
      `${head}inputs: &a [x, x]\nautomation: { a: *a }`,
      `${head}inputs:\n${many}automation: {}`,
      `${head}automation: ${'{ a: '.repeat(50_000)}`,
      `${head}automation: { $input: { $input: { $input: x } } }`,
      `${head}automation: { "__proto__": { name: x } }`,
      `${head}automation: { name: x, cel: "${`'''`.repeat(100_000)}" }`,
      'eaves: automations/1\nautomations: []',
      'name: x',
      '7',
      `${head}automation: 7`,
      `${head}more: 7\nautomation: {}`,
    ])
      codes.push((await preview(setting, text)).faults[0]?.code)
    assert.deepEqual(codes, [
      'text-alias',
      'text-too-big',
      'text-too-deep',
      'input-place',
      'text-key',
      'invalid-type',
      'text-form',
      'text-no-blueprint',
      'text-no-blueprint',
      'text-no-automation',
      'unknown-field',
    ])
    assert.ok(performance.now() - began < 2_000)
  })
})

test('what is shared has no id and no name of the home in it, and makes the same again with the same values', async () => {
  await withHouse(async (setting) => {
    const { house, automations, modes, sensor, lamp, make } = setting
    const { home, subject } = house
    const room = (await house.homes.home(home).places.addRoom(subject, { name: 'Nursery' })).id
    const mode = (await modes.add(home, subject, 'Party')).id
    const { id: place } = await setting.presence.places.add(home, subject, 'Orchard')
    const other = await make({
      name: 'Other',
      triggers: [{ kind: 'time', at: '07:00' }],
      actions: [{ kind: 'stop' }],
    })
    const automation = written({
      name: 'Lamp l by Sensor s',
      description: 'For the nursery',
      labels: ['Nursery'],
      triggers: [
        { kind: 'state', device: sensor, ...inHall, to: true, forSeconds: 30 },
        { kind: 'numeric', room, capability: 'temperature', attribute: 'celsius', below: 18 },
        { kind: 'presence', who: subject, is: 'home' },
        { kind: 'run', automation: other, result: 'done' },
        { kind: 'mode', from: 'night', to: mode },
        { kind: 'time', at: '07:00', weekdays: [1, 5], date: '12-24' },
      ],
      conditions: [
        { kind: 'expression', cel: `online('${sensor}') && "Nursery" != 'Cellar'` },
        { kind: 'place', place, who: 'anyone', is: 'there' },
      ],
      actions: [
        lit(lamp),
        { kind: 'choose', options: [{ when: [{ kind: 'mode', is: mode }], then: [lit(lamp, 'turnOff')] }] },
        { kind: 'notify', to: 'author', text: 'Too cold in the nursery' },
        { kind: 'notify', to: 'author', text: 'It is cold' },
      ],
    })
    for (const as of ['yaml', 'json'] as const) {
      const { text, inputs, named } = await writtenOf(automations).blueprints.write(home, {
        automation,
        name: 'Warm enough',
        inputs: ['number1', 'text3', 'weekdays1'],
        labels: { device1: 'Motion' },
        as,
      })
      assert.doesNotMatch(text, /[a-z2-7]{26}/)
      assert.doesNotMatch(text, /nursery|party|sensor s|lamp l|other/i)
      assert.deepEqual(named, [])
      const asked = inputs.filter(({ isAsked }) => isAsked)
      assert.deepEqual(
        inputs.map(({ input, must, isAsked }) => [input.name, must, isAsked]),
        [
          ['duration1', false, false],
          ['device1', true, true],
          ['number1', false, true],
          ['room1', true, true],
          ['person1', true, true],
          ['automation1', true, true],
          ['mode1', true, true],
          ['time1', false, false],
          ['weekdays1', false, true],
          ['date1', false, false],
          ['text1', true, true],
          ['place1', true, true],
          ['device2', true, true],
          ['text2', true, true],
          ['text3', false, true],
        ],
      )
      assert.deepEqual(inputs[1]!.input, {
        name: 'device1',
        kind: 'device',
        label: 'Motion',
        capabilities: ['occupancy'],
      })
      assert.deepEqual(inputs[2]!.input, {
        name: 'number1',
        kind: 'number',
        label: 'number1',
        unit: 'celsius',
        default: 18,
      })
      const values = Object.fromEntries(
        asked.filter(({ must }) => must).map(({ input, now }) => [input.name, now]),
      )
      const back = await preview(setting, text, values)
      assert.deepEqual(back.faults, [], text)
      const {
        name: _name,
        description: _described,
        labels: _labels,
        conditions: _conditions,
        ...same
      } = automation
      const { name, conditions = [], ...made } = back.automation!
      assert.deepEqual([name, made], ['Warm enough', same])
      assert.deepEqual(conditions, [
        { kind: 'expression', cel: `online("${sensor}") && "Nursery" != 'Cellar'` },
        { kind: 'place', place, who: 'anyone', is: 'there' },
      ])
    }
    const share = (more: object) => writtenOf(automations).blueprints.write(home, { automation, ...more })
    assert.match((await share({})).text, /^eaves: blueprint\/1\nname: Blueprint\n/)
    assert.deepEqual((await share({ name: 'In the NURSERY', labels: { device1: 'Sensor s' } })).named, [
      'Nursery',
      'Sensor s',
    ])
    await assert.rejects(share({ name: lamp }), { code: 'automation.not-shareable' })
    const long = {
      ...automation,
      actions: [
        {
          ...lit(lamp),
          capability: 'vendor',
          command: 'set',
          args: { key: 'x', value: `Nursery ${'x'.repeat(300)}` },
        },
      ],
    }
    await assert.rejects(share({ automation: written(long), name: 'x' }), {
      code: 'automation.not-shareable',
    })
  })
})

test('a name is found as a word of its own, in any case and in a language without gaps, and nothing else is', async () => {
  await withHouse(async ({ house, automations }) => {
    const { places } = house.homes.home(house.home)
    for (const name of ['Den', '厨房', '厅', 'Anna’s room', 'x'])
      await places.addRoom(house.subject, { name })
    const said: readonly (readonly [string, boolean])[] = [
      ['The garden is open', false],
      ['Warm in the DEN.', true],
      ['den', true],
      ['厨房太冷了', true],
      ['客厅', true],
      ['Look into anna’s room', true],
      ['x', false],
    ]
    const automation = written({
      name: 'Says',
      triggers: [{ kind: 'time', at: '07:00' }],
      actions: said.map(([text]) => ({ kind: 'notify', to: 'author', text })),
    })
    await automations.create(house.home, house.subject, automation, true)
    const { inputs, text } = await writtenOf(automations).blueprints.write(house.home, { automation })
    const texts = inputs.filter(({ input }) => input.kind === 'text')
    assert.deepEqual(
      texts.map(({ now, must }) => [now, must]),
      said,
    )
    assert.match(text, /^eaves: blueprint\/1\nname: Says\n/)
  })
})
