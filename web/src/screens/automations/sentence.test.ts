// Catches a sentence that says something else than the automation does, in either language; and a trace that gives a wrong reason.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AutomationBody, RunStep } from '@eaves/model/api'
import { openInLanguage, type InLanguage } from '../../testing/in-language.ts'

const hall = { device: '01890000-0000-7000-8000-000000000001' }
const lamp = { device: '01890000-0000-7000-8000-000000000002' }
const kitchen = { room: '01890000-0000-7000-8000-00000000000a' }
const names = {
  devices: [
    { id: hall.device, name: 'Hall', parts: [] },
    { id: lamp.device, name: 'Lamp', parts: [] },
  ],
  rooms: [{ id: kitchen.room, name: 'Kitchen' }],
  automations: [{ id: 'other', name: 'Good night' }],
  scenes: [],
  hooks: [{ id: 'bell', name: 'Doorbell' }],
  calendars: [{ id: 'bins', name: 'Bins' }],
  meters: [{ id: 'mains', name: 'Mains', unit: 'kilowattHours', tariffs: [{ currency: 'EUR' }] }],
  modes: [{ id: 'guests', name: 'Guests' }],
  places: [{ id: 'work', name: 'Work' }],
  people: [{ id: 'ann', name: 'Ann' }],
} as unknown as import('./names.ts').Names

const motion = { kind: 'state', capability: 'occupancy', attribute: 'occupied', to: true, ...hall } as const
const on = { kind: 'command', capability: 'onOff', command: 'turnOn', ...lamp } as const
const off = { ...on, command: 'turnOff' } as const
const night: AutomationBody = {
  name: 'Night light',
  triggers: [motion],
  conditions: [{ kind: 'sun', is: 'night' }],
  actions: [on, { kind: 'delay', seconds: 120 }, off],
}
const dark = { kind: 'numeric', capability: 'illuminance', attribute: 'lux', below: 100, ...hall } as const
const bodies: readonly (readonly [AutomationBody, string, string])[] = [
  [
    night,
    'When Hall notices somebody, if it is night, turn on Lamp for 2 minutes.',
    '当Hall感应到有人时，如果是夜间，就打开Lamp，持续2分钟。',
  ],
  [
    { ...night, conditions: [dark], actions: [on, { kind: 'delay', seconds: 120 }, on] },
    'When Hall notices somebody, if Hall: Light level is below 100 lx, turn on Lamp, then wait 2 minutes, then turn on Lamp.',
    '当Hall感应到有人时，如果Hall：光照低于 100 lx，就打开Lamp，然后等待2分钟，然后打开Lamp。',
  ],
  [
    {
      name: 'Morning',
      triggers: [
        { kind: 'time', at: '07:00', weekdays: [1, 2, 3, 4, 5] },
        { kind: 'sun', event: 'sunset', offsetMinutes: -20 },
      ],
      actions: [{ kind: 'command', capability: 'onOff', command: 'turnOff', everywhere: true, of: 'light' }],
    },
    'When it is 7:00 AM from Monday to Friday or it is the moment 20 minutes before sunset, turn off all lights in the home.',
    '当到了周一至周五 7:00，或到了日落前20分钟时，就关闭家里的所有灯。',
  ],
  [
    {
      name: 'Away',
      triggers: [
        { kind: 'presence', who: 'everyone', is: 'away', forSeconds: 300 },
        { kind: 'presence', who: 'ann', is: 'home' },
        { kind: 'mode', from: 'night', to: 'guests' },
      ],
      conditions: [
        { kind: 'mode', is: 'home' },
        { kind: 'presence', who: 'anyone', is: 'home' },
      ],
      actions: [{ kind: 'mode', to: 'away' }],
    },
    'When nobody is home for 5 minutes or Ann comes home or the mode of the home changes from “Night” to “Guests”, if the home is in the mode “At home” and anyone is home, set the mode “Away”.',
    '当没有人在家，持续5分钟，或Ann到家，或家从“夜间”模式变为“Guests”模式时，如果家处于“在家”模式，且有人在家，就把家设为“离家”模式。',
  ],
  [
    {
      name: 'Off work',
      triggers: [
        { kind: 'place', place: 'work', who: 'ann', is: 'elsewhere' },
        { kind: 'place', place: 'work', who: 'everyone', is: 'elsewhere' },
        { kind: 'place', place: 'work', who: 'anyone', is: 'there', forSeconds: 300 },
      ],
      conditions: [
        { kind: 'place', place: 'work', who: 'everyone', is: 'elsewhere' },
        { kind: 'place', place: 'gone', who: 'ann', is: 'there' },
      ],
      actions: [{ kind: 'mode', to: 'home' }],
    },
    'When Ann leaves “Work” or everyone has left “Work” or anyone is at “Work” for 5 minutes, if nobody is at “Work” and Ann is at “a place that is gone”, set the mode “At home”.',
    '当Ann离开“Work”，或所有人都已离开“Work”，或有人在“Work”，持续5分钟时，如果没有人在“Work”，且Ann在“已不存在的地点”，就把家设为“在家”模式。',
  ],
  [
    {
      ...night,
      conditions: [],
      actions: [{ kind: 'webhook', url: 'https://example.org/in?key=s3cret', body: { text: 'Hello' } }],
    },
    'When Hall notices somebody, call example.org.',
    '当Hall感应到有人时，就调用 example.org。',
  ],
  [
    { ...night, conditions: [], actions: [{ kind: 'notify', to: 'author', text: '有人来了。' }] },
    'When Hall notices somebody, tell whoever wrote this: “有人来了。”',
    '当Hall感应到有人时，就通知编写者：“有人来了。”',
  ],
  [
    {
      name: 'Leak',
      triggers: [{ kind: 'state', capability: 'waterLeak', attribute: 'detected', to: true, ...kitchen }],
      conditions: [
        {
          kind: 'or',
          conditions: [
            { kind: 'time', after: '22:00', before: '06:00' },
            { kind: 'not', condition: { kind: 'sun', is: 'day' } },
          ],
        },
      ],
      actions: [{ kind: 'notify', to: 'everybody', text: 'Water' }],
    },
    'When something in Kitchen finds water, if (it is between 10:00 PM and 6:00 AM or it is not so that it is day), tell everybody: “Water”.',
    '当Kitchen里的某个设备发现漏水时，如果（在 22:00 到 6:00 之间，或并非“是白天”），就通知所有人：“Water”。',
  ],
  [
    {
      ...night,
      conditions: [],
      actions: [{ kind: 'waitFor', trigger: { ...motion, to: false }, timeoutSeconds: 600 }, off],
    },
    'When Hall notices somebody, wait until Hall notices nobody any more, and stop if that takes longer than 10 minutes, then turn off Lamp.',
    '当Hall感应到有人时，就等到Hall不再感应到人，超过10分钟则停止，然后关闭Lamp。',
  ],
  [
    {
      ...night,
      conditions: [],
      actions: [
        { kind: 'set', name: 'bright', cel: 'time.hour * 2' },
        {
          kind: 'command',
          capability: 'level',
          command: 'setLevel',
          args: { percent: { $cel: 'vars.bright' } },
          ...lamp,
        },
      ],
    },
    'When Hall notices somebody, remember “time.hour * 2” as “bright”, then set Brightness of Lamp to “vars.bright”.',
    '当Hall感应到有人时，就将“time.hour * 2”记为“bright”，然后将Lamp的亮度设为 “vars.bright”。',
  ],
  [
    {
      name: 'Outside',
      triggers: [
        { kind: 'every', minutes: 15 },
        { kind: 'time', at: '07:00', date: '12-24' },
        { kind: 'calendar', calendar: 'bins', event: 'start', offsetMinutes: -720, matching: 'Paper' },
        { kind: 'energy', meter: 'mains', over: 10, period: 'day' },
        { kind: 'webhook', hook: 'bell' },
      ],
      conditions: [{ kind: 'calendar', calendar: 'bins' }],
      actions: [on],
    },
    'When another 15 minutes have passed or it is 7:00 AM on December 24 or it is 12 hours before “Paper” in Bins begins or Mains has counted more than 10 kWh today or “Doorbell” calls from outside, if something in Bins is going on, turn on Lamp.',
    '当又过了15分钟，或到12月24日的7:00，或Bins中的“Paper”开始前12小时，或Mains今天已超过10 kWh，或“Doorbell”从外部调用时，如果Bins中有日程正在进行，就打开Lamp。',
  ],
  [
    {
      name: 'Cheap',
      triggers: [
        { kind: 'price', meter: 'mains', cheapest: 3 },
        { kind: 'price', meter: 'mains', below: 0.0825 },
        { kind: 'price', meter: 'gone', above: 0.4 },
      ],
      conditions: [
        { kind: 'price', meter: 'mains', cheapest: 1 },
        { kind: 'price', meter: 'mains', above: -0.1 },
      ],
      actions: [on],
    },
    'When it becomes one of the 3 cheapest hours of the day (Mains) or a kWh comes to cost less than 0.0825 EUR (Mains) or a kWh comes to cost more than 0.4 (a meter that is gone), if it is the cheapest hour of the day (Mains) and a kWh costs more than -0.1 EUR (Mains), turn on Lamp.',
    '当进入一天中电价最低的3个小时（Mains），或每 kWh 电价降到0.0825 EUR以下（Mains），或每 kWh 电价升到0.4以上（已不存在的计量表）时，如果正值一天中电价最低的一个小时（Mains），且每 kWh 电价高于-0.1 EUR（Mains），就打开Lamp。',
  ],
]

describe('automations in words', () => {
  let words: InLanguage
  let sentence: typeof import('./sentence.ts')
  let trace: typeof import('./trace-words.ts')
  let diff: typeof import('./diff.ts')
  let next: typeof import('./next.tsx')
  before(async () => {
    words = await openInLanguage()
    sentence = await words.load('/src/screens/automations/sentence.ts')
    trace = await words.load('/src/screens/automations/trace-words.ts')
    diff = await words.load('/src/screens/automations/diff.ts')
    next = await words.load('/src/screens/automations/next.tsx')
  })
  after(() => words?.close())
  const plain = (text: string): string =>
    text.replaceAll(/[\u2068\u2069]/g, '').replaceAll(/[\u00a0\u202f]/g, ' ')

  test('each is one sentence, in both languages', async () => {
    for (const [locale, at] of [
      ['en', 1],
      ['zh-Hans', 2],
    ] as const) {
      await words.speak(locale)
      for (const each of bodies) assert.equal(plain(sentence.sentenceOf(each[0], names)), each[at])
    }
  })

  test('the next time is said by the clocks of the home, with what makes it so', async () => {
    const triggers = [
      { kind: 'time', at: '07:00' },
      { kind: 'sun', event: 'sunset', offsetMinutes: -20 },
      { kind: 'calendar', calendar: 'bins', event: 'start' },
    ] as const
    const said = (trigger: number): string | undefined => {
      const is = { triggers: [...triggers], next: { at: '2030-06-01T22:30:00Z', trigger } }
      return plain(next.nextWords(is, names, 'Asia/Tokyo') ?? '')
    }
    await words.speak('en')
    assert.deepEqual([0, 1, 2].map(said), [
      'Next: June 2, 2030 at 7:30 AM',
      'Next: June 2, 2030 at 7:30 AM, 20 minutes before sunset',
      'Next: June 2, 2030 at 7:30 AM, by the calendar Bins',
    ])
    await words.speak('zh-Hans')
    assert.equal(said(1), '下次：2030年6月2日 07:30，日落前20分钟')
    assert.equal(next.nextWords({ triggers: [...triggers] }, names, 'UTC'), undefined)
  })

  test('what is gone is said to be gone', async () => {
    await words.speak('en')
    const gone = { ...night, triggers: [{ ...motion, device: 'nobody' }] }
    assert.match(plain(sentence.sentenceOf(gone, names)), /^When a device that is gone notices somebody/)
  })

  test('a suggested name is short enough to be one', async () => {
    await words.speak('en')
    assert.equal(sentence.nameFor(night, names), 'When Hall notices somebody, turn on Lamp for 2 minutes')
    const long = { ...night, actions: Array.from({ length: 20 }, () => on) }
    assert.equal(sentence.nameFor(long, names).length, 80)
  })

  const told = (steps: readonly RunStep[], body: AutomationBody): string[] =>
    trace.linesOf(steps, body, names).map(({ text }) => plain(text))
  const step = (at: string, more: Partial<RunStep> = {}): RunStep => ({
    at,
    afterMs: 0,
    outcome: 'yes',
    ...more,
  })

  test('a run says with the value why it was skipped', async () => {
    await words.speak('en')
    const body = { ...night, conditions: [dark] }
    const steps = [
      step('triggers/0', { ...hall, seen: true }),
      step('conditions/0', { ...hall, outcome: 'no', seen: 240 }),
    ]
    assert.deepEqual(told(steps, body), [
      'Hall notices somebody',
      'Skipped: Hall: 240 lx was not below 100 lx',
    ])
    const unknown = [step('conditions/0', { ...hall, outcome: 'no', code: 'automation.unknown-value' })]
    assert.match(told(unknown, body)[0]!, /^Skipped: Hall: Light level is below 100 lx: /)
  })

  test('a repetition is told once, with how often, and each failure of it', async () => {
    await words.speak('en')
    const body: AutomationBody = { ...night, actions: [{ kind: 'repeat', times: 3, actions: [on, off] }] }
    const round = (outcome: RunStep['outcome'] = 'done'): RunStep[] => [
      step('actions/0/actions/0', { ...lamp, outcome }),
      step('actions/0/actions/1', { ...lamp, outcome: 'done' }),
    ]
    assert.deepEqual(told([...round(), ...round(), ...round()], body), [
      'Turn on Lamp',
      'Turn off Lamp',
      'The same 2 more times',
    ])
    const failed = told([...round(), ...round('failed'), ...round()], body)
    assert.equal(failed.length, 4)
    assert.match(failed[2]!, /^Turn on Lamp. It failed: /)
  })

  test('what differs between two versions is named, and nothing else', async () => {
    await words.speak('en')
    const later: AutomationBody = {
      ...night,
      conditions: [],
      actions: [on, { kind: 'delay', seconds: 300 }, off],
    }
    assert.deepEqual(
      diff.changesBetween(night, later, names).map(({ kind, text }) => `${kind}: ${plain(text)}`),
      ['removed: If: it is night', 'removed: Then: wait 2 minutes', 'added: Then: wait 5 minutes'],
    )
    assert.deepEqual(diff.changesBetween(night, { ...night }, names), [])
    // Where to and with what: no sentence tells, and something changed all the same.
    const call = (...paths: string[]): AutomationBody => ({
      ...night,
      actions: paths.map((path) => ({ kind: 'webhook', url: `https://example.org/${path}` })),
    })
    assert.deepEqual(
      diff
        .changesBetween(call('a', 'b'), call('c', 'b', 'd'), names)
        .map(({ kind, text }) => `${kind}: ${plain(text)}`),
      ['added: Then: call example.org', 'changed: Then: call example.org, with other details'],
    )
  })
})
