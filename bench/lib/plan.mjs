// What `npm run bench` measures: each step with its limit, its sizes and its gates.
const live = { limit: 'adapters/limit.mjs#live', eaves: 'adapters/eaves.mjs#eaves' }
/** A rule of the limit is a line of its program: a message in, a message out, no home between them. */
const reacting = { limit: 'adapters/limit.mjs#mqttjs', peer: 'adapters/nodered.mjs#each', eaves: live.eaves }
/** So that neither side is measured while it still compiles what it runs. */
const warm = ['--warm-rate', '1000', '--warm-seconds', '12']
const sizes = [1000, 5000]
const shown = (n) => n.toLocaleString('en')

/** W0 counts 200 sensors and the 200 lights beside them; climate sensors make up the rest of the house. */
const w0 = (n) => ({
  ...live,
  args: ['--w0-climates', String(n - 400), '--w0-samples', '120', '--w0-seconds', '3', '--warm-seconds', '2'],
})
/** As many messages on either side: what a longer burst warms up would count for one of them alone. */
const w3 = (n) => ({
  ...live,
  args: ['--climates', String(n), '--w3-cal', '30000', '--w3-messages', '300000'],
})
const w4 = (n) => ({
  ...live,
  args: ['--climates', String(n), '--w4-rules', '0', '--w4-idle', n === sizes[0] ? '1' : '0'],
})
const sized = Object.entries({ w0, w3, w4 }).flatMap(([name, of]) =>
  sizes.map((n) => ({ id: `${name}@${n}`, name, n, title: `${name.toUpperCase()} ${shown(n)}:`, ...of(n) })),
)
export const steps = [
  ...sized,
  {
    id: 'react',
    name: 'react',
    only: 'w1,w2f',
    title: '',
    ...reacting,
    args: [...warm, '--w1-samples', '200', '--w2f-seconds', '4'],
  },
  {
    id: 'w2',
    name: 'w2',
    title: 'W2 at most:',
    ...reacting,
    args: [...warm, '--w2-start', '500', '--growth', '1.5', '--step', '1.5', '--retries', '1'],
  },
  {
    id: 'many',
    name: 'many',
    only: 'w1',
    title: '10,000 automations, beside 200:',
    limit: live.eaves,
    eaves: live.eaves,
    args: [...warm, '--w1-samples', '200', '--spare', '9800'],
    limitArgs: [...warm, '--w1-samples', '200'],
    // To write 10,000 takes minutes: once a side.
    inOne: true,
  },
  {
    id: 'restart',
    name: 'restart',
    only: 'w4',
    title: 'W4 1,000, 100 automations:',
    ...reacting,
    args: ['--climates', '1000', '--w4-rules', '100', '--w4-idle', '0'],
  },
  {
    id: 'announce@1000',
    name: 'announce',
    n: 1000,
    title: 'Announce 1,000 × 5:',
    ...live,
    args: ['--climates', '1000'],
  },
  {
    id: 'reconnect@1000',
    name: 'reconnect',
    n: 1000,
    title: 'Reconnect 1,000:',
    limit: 'adapters/limit.mjs#aedes',
    eaves: live.eaves,
    args: ['--climates', '1000'],
  },
  {
    id: 'acl',
    name: 'acl',
    title: 'ACL:',
    script: 'workloads/acl.mjs',
    args: ['--seconds', '6'],
    inOne: true,
  },
  {
    id: 'core',
    name: 'core',
    title: 'Core:',
    script: 'workloads/core.mjs',
    args: ['--seconds', '2'],
  },
  {
    id: 'w5',
    name: 'w5',
    title: 'W5 history:',
    script: 'workloads/history.mjs',
    args: ['--samples', '1000000'],
    inOne: true,
  },
  {
    id: 'replay',
    name: 'replay',
    title: 'W5 replay of 30 d, 1 M samples:',
    script: 'workloads/replay.mjs',
    args: [],
    inOne: true,
  },
  {
    id: 'past',
    name: 'past',
    title: 'W5 at 10 M samples:',
    script: 'workloads/past.mjs',
    args: [],
    inOne: true,
    // It takes about ten minutes, so it is run when it is asked for.
    isLong: true,
  },
]

/** The rows of a step: how its figure is read on either side, and what it may be. `ratio` compares with the limit of the same run. */
const gates = {
  w0: (n) =>
    [
      [0, 20, 1.8],
      [1, 500, 2.5],
    ].flatMap(([step, rate, max]) => {
      const at = (r) => r.w0.steps[step]
      return [
        { what: `${rate}/s p50`, read: (r) => at(r).p50.median, unit: 'ms', max, ratio: true },
        { what: `${rate}/s p99`, read: (r) => at(r).p99.median, unit: 'ms' },
        { what: `${rate}/s CPU a change`, read: (r) => at(r).hubUsPer.median, unit: 'µs' },
        { what: `${rate}/s lost or stray`, read: (r) => at(r).lost + at(r).stray, unit: 'changes', max: 0 },
      ]
    }),
  react: () => [
    { what: 'W1 p50', read: (r) => r.w1.p50.median, unit: 'ms', max: 1.8, ratio: true, peerMax: 1 },
    { what: 'W1 p99', read: (r) => r.w1.p99.median, unit: 'ms' },
    { what: 'W1 CPU a reaction', read: (r) => r.w1.hubUsPer.median, unit: 'µs' },
    { what: 'W1 lost or stray', read: (r) => r.w1.lost + r.w1.stray, unit: 'reactions', max: 0 },
    { what: 'W2 1,000/s p50', read: (r) => r.w2f.p50.median, unit: 'ms' },
    { what: 'W2 1,000/s p99', read: (r) => r.w2f.p99.median, unit: 'ms' },
    {
      what: 'W2 1,000/s CPU a reaction',
      read: (r) => r.w2f.hubUsPer.median,
      unit: 'µs',
      max: 2.5,
      ratio: true,
      peerMax: 0.5,
    },
    { what: 'W2 1,000/s lost or stray', read: (r) => r.w2f.lost + r.w2f.stray, unit: 'reactions', max: 0 },
  ],
  w2: () => [
    {
      what: 'reactions a second',
      read: (r) => r.w2.perS?.median ?? null,
      unit: '/s',
      min: 0.4,
      ratio: true,
      peerMin: 3,
    },
    { what: 'CPU a reaction', read: (r) => r.w2.usPer?.median ?? null, unit: 'µs', max: 60 },
  ],
  many: () => [
    { what: 'W1 p50', read: (r) => r.w1.p50.median, unit: 'ms', max: 1.1, ratio: true },
    { what: 'W1 CPU a reaction', read: (r) => r.w1.hubUsPer.median, unit: 'µs' },
    {
      what: 'first reaction later by',
      read: (r) => r.bootRules.firstReactionMs,
      unit: 'ms',
      max: 1000,
      apart: true,
    },
  ],
  restart: () => [{ what: 'first reaction', read: (r) => r.w4.firstReactionMs.median, unit: 'ms', max: 700 }],
  w3: () => [
    { what: 'CPU a message', read: (r) => r.w3.usPer.median, unit: 'µs', max: 1.6, ratio: true },
    { what: 'rate', read: (r) => r.w3.perS.median, unit: 'messages/s' },
  ],
  w4: (n) => [
    {
      what: 'listed after restart',
      read: (r) => r.w4.listedMs.median,
      unit: 'ms',
      max: n === sizes[0] ? 800 : undefined,
    },
    {
      what: 'process tree PSS',
      read: (r) => r.w4.pss1000.median,
      unit: 'MiB',
      max: n === sizes[0] ? 170 : 320,
    },
    ...(n === sizes[0] ? [{ what: 'idle CPU', read: (r) => r.w4.idleCpuPct, unit: '%' }] : []),
  ],
  announce: () => [
    { what: 'to all listed', read: (r) => r.announce.listedMs.median, unit: 'ms', max: 3000 },
    { what: 'CPU a config', read: (r) => r.announce.usPerConfig.median, unit: 'µs' },
    { what: 'process tree PSS', read: (r) => r.announce.pss.median, unit: 'MiB' },
  ],
  reconnect: () => [
    { what: 'to all listed online', read: (r) => r.reconnect.listedMs.median, unit: 'ms' },
    { what: 'to the last CONNACK', read: (r) => r.reconnect.connackMs.median, unit: 'ms' },
    { what: 'CPU a device', read: (r) => r.reconnect.usPer.median, unit: 'µs' },
    { what: 'devices lost', read: (r) => r.reconnect.lost, unit: 'devices', max: 0 },
  ],
  acl: () => [
    {
      what: 'CPU a message, guarded and bare',
      read: (r) => r.guarded.usPer,
      limit: (r) => r.bare.usPer,
      unit: 'µs',
    },
    { what: 'CPU the check adds', read: (r) => r.addedUs, limit: () => null, unit: 'µs', max: 2 },
    { what: 'rate', read: (r) => r.guarded.perS, limit: (r) => r.bare.perS, unit: 'messages/s' },
  ],
  core: () =>
    [
      ['a decision', (r) => r.decideUs, 5],
      ['sealing a field', (r) => r.sealUs, 40],
      ['opening a field', (r) => r.openUs, undefined],
    ].map(([what, read, max]) => ({ what, read, limit: () => null, unit: 'µs', max })),
  w5: () => [
    {
      what: 'rows written, Eaves and relay',
      read: (r) => r.eavesPerS,
      limit: (r) => r.relayPerS,
      unit: 'rows/s',
    },
    { what: 'relay beside Eaves', read: (r) => 1 / r.share, limit: () => null, unit: '×', max: 2 },
    { what: 'a sample', read: (r) => r.bytesPerSample, limit: () => null, unit: 'bytes', max: 30 },
    { what: 'chart of 24 h', read: (r) => r.day.ms, limit: () => null, unit: 'ms', max: 10 },
    { what: 'chart of 30 d, raw', read: (r) => r.monthRaw.ms, limit: () => null, unit: 'ms', max: 50 },
    { what: 'chart of 30 d, by the hour', read: (r) => r.month.ms, limit: () => null, unit: 'ms', max: 5 },
    { what: 'rows condensed', read: (r) => r.condensedPerS, limit: () => null, unit: 'rows/s' },
  ],
  past: () => [
    { what: 'a sample', read: (r) => r.filled.bytesPerSample, limit: () => null, unit: 'bytes', max: 30 },
    ...[
      ['24 h', 'day', 10],
      ['24 h, raw', 'dayRaw', 10],
      ['30 d, raw', 'monthRaw', 50],
      ['30 d, by the hour', 'month', 5],
      ['a year, by the hour', 'yearByHour', undefined],
    ].map(([what, of, max]) => ({
      what: `chart of ${what}`,
      read: (r) => r[of].ms,
      limit: () => null,
      unit: 'ms',
      max,
    })),
    ...[
      ['a year is exported', (r) => r.export, 1.5],
      ['a month is replayed', (r) => r.replay, undefined],
      ['devices are removed', (r) => r.room.removed, undefined],
      ['a file gives room back', (r) => r.room, 1.5],
    ].map(([what, of, max]) => ({
      what: `reactions’ p50 while ${what}, to without`,
      read: (r) => of(r).share,
      limit: () => null,
      unit: '×',
      max,
    })),
  ],
  replay: () =>
    [
      ['of 1,000 sensors', 0],
      ['of 10 sensors', 1],
    ].map(([what, i]) => ({ what, read: (r) => r.runs[i].ms, limit: () => null, unit: 'ms', max: 3000 })),
}
export const gatesOf = ({ name, n }) => gates[name](n)
/** The same rows beside another commit in the limit's place: what W0 takes may be a tenth more at most. */
export const againstGatesOf = (step) =>
  gatesOf(step).map(({ max: _max, ratio: _ratio, ...row }) =>
    step.name === 'w0' && /p50|CPU/.test(row.what) ? { ...row, max: 1.1, ratio: true } : row,
  )
