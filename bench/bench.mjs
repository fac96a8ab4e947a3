// node bench.mjs --adapter adapters/nodered.mjs#each --only w0,w1,w2,w2f,w3,w4,announce,reconnect --runs 3 --out results.json
import fs from 'node:fs'
import net from 'node:net'
import { spawn } from 'node:child_process'
import { startBroker } from './lib/broker.mjs'
import { cpuMicros, memMiB, sleep, until, median, round } from './lib/util.mjs'
import { connect } from './lib/mqttlite.mjs'
import * as home from './lib/home.mjs'
import { announce } from './workloads/announce.mjs'
import { reconnect } from './workloads/reconnect.mjs'
const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const [file, exp] = arg('adapter').split('#')
const mod = await import(new URL(file, import.meta.url).href)
const A = mod[exp ?? 'default']
const only = arg('only', 'w1,w2,w3,w4').split(','),
  runs = +arg('runs', 3),
  rules = +arg('rules', 200),
  climates = +arg('climates', 1000)
const port = +arg('port', 18840),
  hubPort = +arg('hub-port', 18940),
  dir = arg('dir', new URL(`run/${A.name}`, import.meta.url).pathname),
  node = process.execPath
fs.rmSync(dir, { recursive: true, force: true })
fs.mkdirSync(dir, { recursive: true })
const load = (o, ms = 120_000, onMark) =>
  new Promise((res, rej) => {
    let s = '',
      e = ''
    const p = spawn(node, [new URL('load.mjs', import.meta.url).pathname, JSON.stringify({ port, ...o })], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const k = setTimeout(() => p.kill('SIGKILL'), ms)
    p.stdout.on('data', (d) => {
      s += d
      for (let i; s.startsWith('{"mark"') && (i = s.indexOf('\n')) >= 0; s = s.slice(i + 1))
        onMark?.(JSON.parse(s.slice(0, i)).mark)
    })
    p.stderr.on('data', (d) => (e += d))
    p.on('close', () => {
      clearTimeout(k)
      try {
        res(JSON.parse(s))
      } catch {
        rej(new Error('load failed: ' + e + s))
      }
    })
  })
const mm = (list, d = 2) => {
  const a = list.filter((v) => v != null)
  return a.length
    ? {
        median: round(median(a), d),
        min: round(Math.min(...a), d),
        max: round(Math.max(...a), d),
        all: a.map((v) => round(v, d)),
      }
    : null
}
// one bench at a time: holding this loopback port is the lock
const lockPort = net.createServer()
await new Promise((r) => {
  lockPort.once('error', () => {
    console.log(A.name, 'ERROR another bench is running')
    process.exit(2)
  })
  lockPort.listen(port - 1, '127.0.0.1', r)
})
let broker, hub
async function up(x) {
  const ctx = { port, hubPort, dir, history: false, sensors: x.rules, ...x }
  broker = await startBroker({ port, dir })
  if (!ctx.silent && (A.announce.ha || A.announce.z2m))
    await load({ mode: 'announce', ...A.announce, rules: ctx.sensors, climates: ctx.climates })
  await A.prepare(ctx)
  const t = await boot(ctx)
  return { ctx, t }
}
/** Start the hub; returns ms to API listing every device and, where there are rules, to the first reaction. Without rules and serving(), it waits until readClimates answers. */
async function boot(ctx) {
  const t0 = performance.now()
  hub = A.start(ctx)
  let first = null,
    listed = null
  const serving =
    A.serving ?? (!ctx.rules && A.readClimates ? async (x) => Array.isArray(await A.readClimates(x)) : null)
  const seen = []
  const cli = await connect({ port, onMessage: () => seen.push(1) })
  if (ctx.rules) await cli.subscribe(home.commandFilter)
  const end = t0 + 180_000
  let flip = false
  while (performance.now() < end && ((ctx.rules && first === null) || (serving && listed === null))) {
    if (hub.exitCode !== null) throw new Error('hub exited; see hub.log')
    if (ctx.rules && first === null) {
      flip = !flip
      cli.publish(home.stateTopic(home.sensor(0)), home.motionPayload(flip, 1))
    }
    if (serving && listed === null) {
      try {
        if (await serving(ctx)) listed = performance.now() - t0
      } catch {}
    }
    await sleep(ctx.rules ? 25 : 10)
    if (seen.length && first === null) first = performance.now() - t0
  }
  await cli.end()
  if (ctx.rules && first === null) throw new Error('no first reaction')
  if (serving && listed === null) throw new Error('the API did not list every device')
  return {
    firstReactionMs: round(first, 0),
    listedMs: A.serving ? round(listed, 0) : null,
    cpuMs: round(cpuMicros(hub.pid) / 1000, 0),
  }
}
async function down() {
  if (hub) await hub.stop()
  if (broker) await broker.stop()
  hub = broker = null
}
async function react(o) {
  const c0 = cpuMicros(hub.pid),
    b0 = cpuMicros(broker.pid),
    w0 = performance.now()
  const r = await load({
    mode: 'react',
    rules,
    match: A.match,
    commandFilter: A.commandFilter,
    commandPrefix: A.commandPrefix,
    ...o,
  })
  const c = cpuMicros(hub.pid) - c0,
    b = cpuMicros(broker.pid) - b0
  return {
    ...r,
    hubUsPer: round(c / r.sent, 1),
    brokerUsPer: round(b / r.sent, 1),
    hubCores: round(c / 1000 / (performance.now() - w0), 2),
  }
}
/** A load whose CPU is read at the generator's marks: from just before its first publish to its last arrival. */
async function measured(o) {
  const at = {}
  const r = await load(
    o,
    90_000 + 1500 * (o.seconds ?? o.samples / o.rate),
    (m) => (at[m] = { hub: cpuMicros(hub.pid), broker: cpuMicros(broker.pid), ms: performance.now() }),
  )
  const c = at.end.hub - at.start.hub
  return {
    ...r,
    hubUsPer: round(c / r.sent, 1),
    brokerUsPer: round((at.end.broker - at.start.broker) / r.sent, 1),
    hubCores: round(c / 1000 / (at.end.ms - at.start.ms), 2),
  }
}
const figures = (rate, out) => ({
  rate,
  n: out[0].latencyMs.n,
  p50: mm(
    out.map((o) => o.latencyMs.p50),
    3,
  ),
  p95: mm(
    out.map((o) => o.latencyMs.p95),
    3,
  ),
  p99: mm(
    out.map((o) => o.latencyMs.p99),
    3,
  ),
  max: mm(
    out.map((o) => o.latencyMs.max),
    1,
  ),
  lost: out.reduce((a, o) => a + o.lost, 0),
  stray: out.reduce((a, o) => a + o.stray, 0),
  closed: out[0].closed === undefined ? undefined : out.reduce((a, o) => a + o.closed, 0),
  offeredPerS: mm(
    out.map((o) => o.offeredPerS),
    1,
  ),
  genLagMaxMs: mm(
    out.map((o) => o.genLagMaxMs),
    1,
  ),
  hubUsPer: mm(
    out.map((o) => o.hubUsPer),
    1,
  ),
  brokerUsPer: mm(
    out.map((o) => o.brokerUsPer),
    1,
  ),
  hubCores: mm(
    out.map((o) => o.hubCores),
    2,
  ),
})
const skip = (w, why) => console.log(A.name, w, 'skipped:', why)
for (const sig of ['SIGTERM', 'SIGINT'])
  process.on(sig, async () => {
    await down()
    process.exit(1)
  })
const R = { adapter: A.name, at: new Date().toISOString(), node: process.version, rules, climates, runs }
const save = () => fs.writeFileSync(arg('out', `${dir}/results.json`), JSON.stringify(R, null, 1))
try {
  if (only.includes('w0') && !A.live) skip('W0', 'the adapter has no live(ctx)')
  else if (only.includes('w0') && rules < 1) skip('W0', 'needs sensors: --rules 1 or more')
  else if (only.includes('w0')) {
    const { ctx, t } = await up({ sensors: rules, rules: 0, climates: +arg('w0-climates', 0) })
    await sleep(1500)
    R.bootLive = t
    const l = await A.live(ctx),
      [m, e] = l.matcher.split('#'),
      clients = +arg('w0-clients', 1)
    const live = (o) =>
      measured({
        mode: 'live',
        sensors: rules,
        clients,
        url: l.url,
        send: l.send,
        protocols: l.protocols,
        headers: l.headers,
        matcher: [new URL(m, import.meta.url).href, e],
        ...o,
      })
    await live({ rate: +arg('warm-rate', 100), seconds: +arg('warm-seconds', 3) })
    await sleep(500)
    const steps = [
        { rate: +arg('w0-rate', 20), samples: +arg('w0-samples', 200) },
        { rate: +arg('w0-rate2', 500), seconds: +arg('w0-seconds', 5) },
      ],
      out = steps.map(() => [])
    for (let i = 0; i < runs; i++)
      for (const [j, s] of steps.entries()) {
        out[j].push(await live(s))
        await sleep(500)
      }
    R.w0 = { sensors: rules, clients, steps: steps.map((s, j) => figures(s.rate, out[j])) }
    R.memLive = memMiB(hub.pid)
    for (const s of R.w0.steps) console.log(A.name, 'W0', JSON.stringify(s))
    save()
    await down()
  }
  const reacting = ['w1', 'w2', 'w2f'].filter((w) => only.includes(w))
  if (reacting.length && A.automations === false)
    skip(reacting.join(', ').toUpperCase(), 'the adapter has no automations')
  else if (reacting.length) {
    const { t } = await up({ rules, climates: 0, spare: +arg('spare', 0) })
    await sleep(1500)
    R.bootRules = t
    await react({ rate: +arg('warm-rate', 100), seconds: +arg('warm-seconds', 3) })
    await sleep(500)
    if (only.includes('w1')) {
      const out = []
      for (let i = 0; i < runs; i++)
        out.push(await react({ rate: +arg('w1-rate', 20), samples: +arg('w1-samples', 334) }))
      R.w1 = {
        rate: +arg('w1-rate', 20),
        n: out[0].latencyMs.n,
        p50: mm(
          out.map((o) => o.latencyMs.p50),
          3,
        ),
        p95: mm(
          out.map((o) => o.latencyMs.p95),
          3,
        ),
        p99: mm(
          out.map((o) => o.latencyMs.p99),
          3,
        ),
        max: mm(
          out.map((o) => o.latencyMs.max),
          1,
        ),
        lost: out.reduce((a, o) => a + o.lost, 0),
        stray: out.reduce((a, o) => a + o.stray, 0),
        hubUsPer: mm(
          out.map((o) => o.hubUsPer),
          0,
        ),
      }
      console.log(A.name, 'W1', JSON.stringify(R.w1))
      save()
    }
    if (only.includes('w2f')) {
      const out = []
      for (let i = 0; i < runs; i++) {
        out.push(
          await measured({
            mode: 'react',
            marks: true,
            rules,
            match: A.match,
            commandFilter: A.commandFilter,
            commandPrefix: A.commandPrefix,
            rate: +arg('w2f-rate', 1000),
            seconds: +arg('w2f-seconds', 5),
          }),
        )
        await sleep(500)
      }
      R.w2f = figures(+arg('w2f-rate', 1000), out)
      console.log(A.name, 'W2f', JSON.stringify(R.w2f))
      save()
    }
    if (only.includes('w2')) {
      const out = []
      let start = +arg('w2-start', 100)
      for (let i = 0; i < runs; i++) {
        let best = null,
          rate = start
        const steps = []
        let retried = 0
        for (let n = 0; n < 24; n++) {
          const r = await react({ rate: Math.round(rate), seconds: +arg('step', 2.5), graceMs: 2500 })
          steps.push([
            Math.round(rate),
            r.offeredPerS,
            r.latencyMs.p50,
            r.latencyMs.p99,
            r.lost,
            r.hubUsPer,
            r.hubCores,
            r.genLagMaxMs,
          ])
          const ok = r.lost === 0 && r.stray === 0 && r.latencyMs.p99 <= 250 && r.offeredPerS >= 0.95 * rate
          if (!ok && retried < +arg('retries', 2)) {
            retried++
            await sleep(1500)
            continue
          }
          if (ok) retried = 0
          if (!ok) {
            retried = 0
            if (!best && rate > 5) {
              rate /= 2.5
              await sleep(1500)
              continue
            }
            break
          }
          best = {
            rate: r.offeredPerS,
            us: r.hubUsPer,
            brokerUs: r.brokerUsPer,
            p50: r.latencyMs.p50,
            p99: r.latencyMs.p99,
            cores: r.hubCores,
          }
          rate *= +arg('growth', 1.3)
          await sleep(300)
        }
        out.push({ best, steps })
        R.w2partial = out
        save()
        if (best) start = best.rate / 2
        await sleep(1500)
      }
      const b = out.map((o) => o.best).filter(Boolean)
      R.w2 = {
        perS: mm(
          b.map((o) => o.rate),
          0,
        ),
        usPer: mm(
          b.map((o) => o.us),
          0,
        ),
        brokerUsPer: mm(
          b.map((o) => o.brokerUs),
          0,
        ),
        p50: mm(
          b.map((o) => o.p50),
          2,
        ),
        p99: mm(
          b.map((o) => o.p99),
          1,
        ),
        cores: mm(
          b.map((o) => o.cores),
          2,
        ),
        detail: out.map((o) => o.steps),
      }
      console.log(A.name, 'W2', JSON.stringify({ ...R.w2, detail: undefined }))
      save()
    }
    R.memRules = memMiB(hub.pid)
    await down()
  }
  if (only.includes('w3') && A.readClimates) {
    const { ctx, t } = await up({ rules: 0, climates })
    await sleep(1500)
    R.memClimates = memMiB(hub.pid)
    const shot = async (M, seed) => {
      const c0 = cpuMicros(hub.pid),
        b0 = cpuMicros(broker.pid),
        at = Date.now()
      const r = await load({ mode: 'burst', devices: climates, messages: M, seed, rate: +arg('w3-rate', 0) })
      let polls = 0,
        asked = 0
      await until(
        async () => {
          // Asking costs the hub too: a tenth of its time at most, or a large list would be measured instead of the messages.
          await sleep(Math.min(1000, 10 * asked))
          polls++
          const t0 = performance.now()
          const v = await A.readClimates(ctx)
          asked = performance.now() - t0
          return r.expect.every((e, i) => e === null || Math.abs(v[i] - e) < 1e-6)
        },
        90_000,
        A.pollMs ?? 100,
        'state to hold the last values',
      )
      const s = (Date.now() - r.t0) / 1000
      return {
        perS: M / s,
        us: (cpuMicros(hub.pid) - c0) / M,
        brokerUs: (cpuMicros(broker.pid) - b0) / M,
        s,
        sendMs: r.sendMs,
        polls,
      }
    }
    const cal = await shot(+arg('w3-cal', Math.max(3000, 4 * climates)), 1)
    const M = +arg(
      'w3-messages',
      Math.max(2000, Math.min(400_000, Math.round((cal.perS * +arg('w3-seconds', 5)) / 1000) * 1000)),
    )
    const out = []
    for (let i = 0; i < runs; i++) {
      out.push(await shot(M, 2 + i))
      await sleep(500)
    }
    R.w3 = {
      messages: M,
      perS: mm(
        out.map((o) => o.perS),
        0,
      ),
      usPer: mm(
        out.map((o) => o.us),
        1,
      ),
      brokerUsPer: mm(
        out.map((o) => o.brokerUs),
        1,
      ),
      detail: out,
    }
    R.memClimatesAfter = memMiB(hub.pid)
    console.log(A.name, 'W3', JSON.stringify({ ...R.w3, detail: undefined }), JSON.stringify(t))
    save()
    await down()
  }
  if (only.includes('w4')) {
    const w4Rules = +arg('w4-rules', A.automations === false ? 0 : 100),
      settle = +arg('w4-settle', 3000)
    if (!w4Rules && !A.serving)
      throw new Error('W4 without rules needs serving(ctx): the time to the full listing is all it measures')
    const boots = [],
      mem = []
    const x = { rules: w4Rules, climates: Math.max(0, climates - 2 * w4Rules) }
    const { ctx, t } = await up(x)
    boots.push(t)
    await sleep(settle)
    mem.push(memMiB(hub.pid))
    for (let i = 1; i < runs + 1; i++) {
      await hub.stop()
      await sleep(500)
      boots.push(await boot(ctx))
      await sleep(settle)
      mem.push(memMiB(hub.pid))
    }
    await down()
    let idle = null,
      idleCpu = null
    if (+arg('w4-idle', 1)) {
      await up({ rules: 0, climates: 0 })
      await sleep(settle)
      idle = memMiB(hub.pid)
      const i0 = cpuMicros(hub.pid)
      await sleep(settle)
      idleCpu = (cpuMicros(hub.pid) - i0) / (settle * 1000)
      await down()
    }
    const b = boots.slice(1)
    R.w4 = {
      ...x,
      devices: 2 * x.rules + x.climates,
      firstBoot: boots[0],
      firstReactionMs: mm(
        b.map((o) => o.firstReactionMs),
        0,
      ),
      listedMs: mm(
        b.map((o) => o.listedMs),
        0,
      ),
      bootCpuMs: mm(
        b.map((o) => o.cpuMs),
        0,
      ),
      rss1000: mm(
        mem.slice(1).map((m) => m.rss),
        1,
      ),
      pss1000: mm(
        mem.slice(1).map((m) => m.pss),
        1,
      ),
      procs: mem[0].procs,
      idle,
      idleCpuPct: idleCpu === null ? null : round(idleCpu * 100, 2),
    }
    console.log(A.name, 'W4', JSON.stringify(R.w4))
    save()
  }
  const tools = { A, arg, up, down, mm, hub: () => hub, port, hubPort, dir, devices: climates, runs }
  for (const [name, run, needs] of [
    ['announce', announce, 'announced'],
    ['reconnect', reconnect, 'door'],
  ]) {
    if (!only.includes(name)) continue
    if (!A[needs]) {
      skip(name, `the adapter has no ${needs}(ctx)`)
      continue
    }
    R[name] = await run(tools)
    console.log(A.name, name, JSON.stringify(R[name]))
    save()
    await down()
  }
  if (only.includes('w5') && A.w5) {
    R.w5 = await A.w5({ up, down, load, cpu: () => cpuMicros(hub.pid), climates, arg, mm })
    console.log(A.name, 'W5', JSON.stringify(R.w5))
    save()
  }
} catch (e) {
  R.error = String(e.stack ?? e)
  console.log(A.name, 'ERROR', R.error)
} finally {
  await down()
  save()
}
process.exit(R.error ? 1 : 0)
