// Loaded before the program: its clock runs as many milliseconds ahead as the environment says.
const aheadMs = Number(process.env.EAVES_TEST_CLOCK_AHEAD_MS ?? 0)
const now = Date.now

if (aheadMs !== 0)
  globalThis.Date = new Proxy(Date, {
    construct: (real, given: unknown[]) =>
      Reflect.construct(real, given.length === 0 ? [now() + aheadMs] : given) as Date,
    get: (real, name) => (name === 'now' ? () => now() + aheadMs : (Reflect.get(real, name) as unknown)),
  })
