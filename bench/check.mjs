// node check.mjs: W0, W1, W2f, W3 and W4 (no rules) with tiny sample counts against the limit relays, in under a minute.
// Exits 1 when a step gave no figures or lost a message. The figures only show that the harness works; do not quote them.
import fs from 'node:fs'
import { spawn } from 'node:child_process'
const here = new URL('.', import.meta.url).pathname,
  node = process.execPath,
  dir = `${here}run/check`,
  t0 = performance.now()
const latency = (w, n) =>
  w?.n === n &&
  w.lost === 0 &&
  w.stray === 0 &&
  !w.closed &&
  [w.p50, w.p95, w.p99, w.hubUsPer].every((x) => x?.median > 0)
    ? `p50 ${w.p50.median} ms, p99 ${w.p99.median} ms, hub ${w.hubUsPer.median} µs each, n ${n}, lost 0`
    : null
const W0 = ['W0 20/s', (r) => latency(r.w0?.steps[0], 40)],
  W0b = ['W0 500/s', (r) => latency(r.w0?.steps[1], 500)],
  W1 = ['W1', (r) => latency(r.w1, 40)],
  W2f = ['W2f 1000/s', (r) => latency(r.w2f, 1000)]
const W3 = [
  'W3',
  (r) =>
    r.w3?.perS.median > 0 && r.w3.usPer.median > 0
      ? `${r.w3.perS.median} messages/s, hub ${r.w3.usPer.median} µs each`
      : null,
]
const W4 = [
  'W4 no rules',
  (r) =>
    r.w4?.rules === 0 && r.w4.devices === 1000 && r.w4.listedMs?.median > 0 && r.w4.pss1000?.median > 0
      ? `${r.w4.devices} devices listed ${r.w4.listedMs.median} ms after the restart, PSS ${r.w4.pss1000.median} MiB`
      : null,
]
const tiny =
  '--runs 1 --warm-seconds 1 --w0-samples 40 --w0-seconds 1 --w1-samples 40 --w2f-seconds 1 --w3-cal 1000 --w3-seconds 0.2 --w4-rules 0 --w4-settle 300'.split(
    ' ',
  )
const plan = [
  ['live', 'w0,w3,w4', [W0, W0b, W3, W4]],
  ['mqttjs', 'w1,w2f,w3', [W1, W2f, W3]],
  ['raw', 'w1', [W1]],
]
if (fs.existsSync(`${here}relays/relay-c`)) plan.push(['c', 'w1', [W1]]) // built by hand; see README
let bad = 0
for (const [name, only, steps] of plan) {
  fs.mkdirSync(dir, { recursive: true })
  const out = `${dir}/${name}.json`
  fs.rmSync(out, { force: true })
  let text = ''
  const p = spawn(
    node,
    [
      `${here}bench.mjs`,
      '--adapter',
      `adapters/limit.mjs#${name}`,
      '--only',
      only,
      '--out',
      out,
      '--dir',
      `${dir}/${name}`,
      ...tiny,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  p.stdout.on('data', (d) => (text += d))
  p.stderr.on('data', (d) => (text += d))
  const end = setTimeout(() => {
    p.kill('SIGTERM')
    setTimeout(() => p.kill('SIGKILL'), 12_000).unref()
  }, 45_000) // SIGTERM lets bench.mjs stop its hub and broker
  const code = await new Promise((r) => p.on('close', r))
  clearTimeout(end)
  let r = {}
  try {
    r = JSON.parse(fs.readFileSync(out, 'utf8'))
  } catch {}
  for (const [step, read] of steps) {
    const f = read(r)
    if (!f) bad++
    console.log(
      f ? 'ok  ' : 'FAIL',
      `limit-${name}`.padEnd(13),
      step.padEnd(11),
      f ?? `no complete figures: ${r.error ?? /^.*ERROR[^]*$/m.exec(text)?.[0].trim() ?? `see ${out}`}`,
    )
  }
  if (code !== 0) {
    bad++
    console.log('FAIL', `limit-${name}`, 'bench.mjs exited', code)
  }
}
console.log(
  `${bad ? `${bad} failed` : 'all steps gave figures'} in ${((performance.now() - t0) / 1000).toFixed(0)} s`,
)
process.exit(bad ? 1 : 0)
