// Catches a sentence about somebody's rights that says more, less or something else than the limits do, in either language.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { capabilities, type AttributeSpec, type DeviceId, type MemberLimits, type RoomId } from '@eaves/model'
import { draftOf, everything, nothing, withRow, type ReachDraft } from '../../screens/members/reach-model.ts'
import { openInLanguage, type InLanguage } from '../../testing/in-language.ts'

const named = {
  rooms: [
    { id: 'kitchen', name: 'Kitchen' },
    { id: 'hall', name: '\u05d7\u05d3\u05e8' },
  ],
  devices: [
    { id: 'lock', name: 'Front door' },
    { id: 'long', name: '👩‍👩‍👧‍👦'.repeat(60) },
  ],
  dangerous: new Set(['lock']),
}
const kitchen = { room: 'kitchen' as RoomId }
const door = { device: 'lock' as DeviceId }
const berlin = 'Europe/Berlin'
const now = Date.parse('2026-06-01T10:00:00Z')
const tuesdays: MemberLimits['hours'] = [{ days: [2], from: '09:00', to: '12:00' }]

describe('what somebody can do, in words', () => {
  let words: InLanguage
  let reach: typeof import('./reach.ts')
  let hours: typeof import('./hours.ts')
  before(async () => {
    words = await openInLanguage()
    reach = await words.load('/src/words/later/reach.ts')
    hours = await words.load('/src/words/later/hours.ts')
  })
  after(() => words?.close())
  /** Without the marks that keep each name's direction to itself. */
  const said = (role: Parameters<typeof reach.reachInWords>[0]['role'], draft: ReachDraft): string =>
    reach.reachInWords({ role, draft }, named).replaceAll(/[\u2068\u2069]/g, '')
  const places: readonly (readonly [
    Parameters<typeof reach.reachInWords>[0]['role'],
    ReachDraft,
    string,
    string,
  ])[] = [
    ['owner', everything, 'Can do everything, and hand the home over.', '什么都能做，也能转交这个家。'],
    ['adult', everything, 'May use everything.', '可以使用一切。'],
    [
      'adult',
      withRow(everything, kitchen, { level: 'none' }),
      'May use everything except Kitchen.',
      '除Kitchen外都可以使用。',
    ],
    [
      'adult',
      withRow({ ...everything, base: 'look' }, { kind: 'light' }, { level: 'use' }),
      'May look at everything and use the lights.',
      '可以看一切，可以使用灯。',
    ],
    [
      'child',
      everything,
      'May use everything. No locks, alarms or other dangerous things.',
      '可以使用一切。不包括门锁、报警器和其他有风险的设备。',
    ],
    [
      'child',
      withRow(everything, door, { level: 'use' }),
      'May use everything. Of locks, alarms and other dangerous things: Front door.',
      '可以使用一切。门锁、报警器和其他有风险的设备中，可以使用Front door。',
    ],
    ['guest', nothing, 'Reaches nothing yet.', '目前什么都用不了。'],
    [
      'guest',
      withRow(withRow(nothing, kitchen, { level: 'use' }), { kind: 'sensor' }, { level: 'look' }),
      'May use Kitchen and look at the sensors, nothing else. No locks, alarms or other dangerous things.',
      '只能使用Kitchen，只能看传感器。不包括门锁、报警器和其他有风险的设备。',
    ],
    [
      'guest',
      withRow(nothing, door, { level: 'use' }),
      'Reaches nothing yet. Of locks, alarms and other dangerous things: Front door.',
      '目前什么都用不了。门锁、报警器和其他有风险的设备中，可以使用Front door。',
    ],
  ]

  test('each place has its sentence in English and in Chinese', async () => {
    for (const [locale, column] of [
      ['en', 2],
      ['zh-Hans', 3],
    ] as const) {
      await words.speak(locale)
      for (const place of places) assert.equal(said(place[0], place[1]), place[column])
    }
  })
  test('names keep their direction to themselves and their length within a sentence; what is gone is said to be gone', async () => {
    await words.speak('en')
    const hall = withRow(everything, { room: 'hall' as RoomId }, { level: 'look' })
    assert.equal(
      reach.reachInWords({ role: 'adult', draft: hall }, named),
      'May use everything; may only look at \u2068\u05d7\u05d3\u05e8\u2069.',
    )
    const long = withRow(everything, { device: 'long' as DeviceId }, { level: 'none' })
    const sentence = reach.reachInWords({ role: 'adult', draft: long }, named)
    assert.equal(sentence.split('👩‍👩‍👧‍👦').length - 1, 40)
    const gone = withRow(everything, { room: 'cellar' as RoomId }, { level: 'none' })
    assert.equal(said('adult', gone), 'May use everything except a room that is gone.')
    const limits = { reach: 'all', rules: [] } as const
    assert.equal(said('adult', draftOf(limits)), 'May use everything.')
  })
  test('hours and dates are those of the home, in both languages', async () => {
    const guest = {
      state: 'outside-hours',
      turnsAt: '2026-06-02T07:00:00.000Z',
      endsAt: '2026-08-02T22:00:00.000Z',
      limits: { reach: 'all', rules: [], hours: tuesdays as { days: number[]; from: string; to: string }[] },
    } as const
    await words.speak('en')
    const plain = (text: string): string => text.replaceAll('\u202f', ' ')
    assert.equal(
      plain(hours.stateInWords(guest as never, berlin, now)),
      'Tuesdays 9:00 AM – 12:00 PM, opens tomorrow 9:00 AM, ends August 3, 2026',
    )
    assert.equal(
      hours.stateInWords({ state: 'no-guardian' }, berlin, now),
      'no adult here: cannot use the home',
    )
    assert.equal(hours.stateInWords({ state: 'active' }, berlin, now), '')
    const night = [{ days: [1, 2, 3, 4, 5, 7], from: '22:00', to: '06:00' }]
    assert.equal(plain(hours.hoursInWords(night)), 'Mon – Fri and Sun 10:00 PM – 6:00 AM the next day')
    await words.speak('zh-Hans')
    assert.equal(
      hours.stateInWords(guest as never, berlin, now),
      '每周二 9:00–12:00，明天 9:00 开放，2026年8月3日 结束',
    )
    assert.equal(hours.hoursInWords(night), '周一至周五和周日 22:00–次日 6:00')
  })
  test('every value of a capability and each state it names has a Chinese word', async () => {
    const [values, { laterWord }] = await Promise.all([
      words.load<typeof import('./capabilities.ts')>('/src/words/later/capabilities.ts'),
      words.load<typeof import('./values.ts')>('/src/words/later/values.ts'),
    ])
    await words.speak('zh-Hans')
    const bare = Object.entries(capabilities).flatMap(([capability, { attributes }]) =>
      Object.entries<AttributeSpec>(attributes).flatMap(([attribute, spec]) =>
        [
          values.readingName(capability, attribute),
          ...(spec.type === 'enum' ? spec.values.map((value) => laterWord(value)) : []),
        ].filter((said) => !/[\u4e00-\u9fff]|^(PM[\d.]+|°[CF]|[XYZ]|pH)$/.test(said)),
      ),
    )
    assert.deepEqual(bare, [])
  })
})
