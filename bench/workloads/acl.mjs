// node workloads/acl.mjs [--seconds 6] [--out file]: what the embedded broker's rules add to a message, against aedes without them.
// One publisher and one subscriber, each over a stream in memory: no socket, so that nothing but the broker is in the figure. QoS 0, bare and guarded in turns.
import fs from 'node:fs'
import { Duplex } from 'node:stream'
import { createBare, createGuarded } from '../../drivers/mqtt/embedded/testing/acl-subject.ts'
import * as home from '../lib/home.mjs'
import { connectPacket, publishPacket, subscribePacket } from '../lib/mqttlite.mjs'
import { median, quantile, round, sleep } from '../lib/util.mjs'

const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const seconds = +arg('seconds', 6)
/** Messages a burst: as many as one read of a busy socket brings. */
const burst = 50,
  slice = 10_000,
  topics = 20

/** A client's end and the broker's end of one connection. */
function pipe(onBytes) {
  const stream = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      onBytes(chunk)
      done()
    },
  })
  return { stream, send: (bytes) => stream.push(bytes) }
}
const tick = () => new Promise((r) => setImmediate(r))

async function subject(create) {
  const broker = await create()
  let got = 0,
    said = 0
  const hear = pipe((bytes) => (got += bytes.length))
  const speak = pipe((bytes) => (said += bytes.length))
  const settle = async (done) => {
    for (let i = 0; !done() && i < 2000; i++) await sleep(1)
    if (!done()) throw new Error('the broker does not answer')
  }
  for (const [{ stream, send }, clientId] of [
    [hear, 'c0'],
    [speak, 'c1'],
  ]) {
    broker.handle(stream)
    send(connectPacket({ clientId, username: clientId, password: clientId }))
  }
  await settle(() => got >= 4 && said >= 4)
  got = 0
  hear.send(subscribePacket(1, ['bench/#']))
  await settle(() => got >= 5)
  const packets = Array.from({ length: burst }, (_, i) =>
    publishPacket(`bench/device_${i % topics}/state`, home.climatePayload(1000 + i)),
  )
  const bytes = Buffer.concat(packets)
  return {
    close: broker.close,
    /** CPU-µs and seconds of one slice; every message is waited for. */
    async run() {
      got = 0
      const c0 = process.cpuUsage(),
        t0 = performance.now()
      for (let sent = 0; sent < slice; sent += burst) {
        const want = got + bytes.length
        speak.send(bytes)
        const late = performance.now() + 5000
        while (got < want) {
          if (performance.now() > late) throw new Error(`${want - got} bytes were not delivered`)
          await tick()
        }
      }
      const { user, system } = process.cpuUsage(c0)
      return { us: (user + system) / slice, s: (performance.now() - t0) / 1000 }
    },
  }
}

const sides = { bare: await subject(createBare), guarded: await subject(createGuarded) }
const runs = { bare: [], guarded: [] }
for (let i = 0; i < 3; i++) for (const name of ['bare', 'guarded']) await sides[name].run()
const end = performance.now() + seconds * 1000
for (let i = 0; performance.now() < end || i < 6; i++)
  for (const name of i % 2 ? ['guarded', 'bare'] : ['bare', 'guarded'])
    runs[name].push(await sides[name].run())
for (const side of Object.values(sides)) await side.close()

const figures = (name) => ({
  usPer: round(median(runs[name].map((r) => r.us)), 2),
  perS: round(slice / median(runs[name].map((r) => r.s)), 0),
})
const added = runs.guarded.map(({ us }, i) => us - runs.bare[i].us).sort((a, b) => a - b)
const report = {
  messages: slice * runs.bare.length,
  bare: figures('bare'),
  guarded: figures('guarded'),
  /** Median of the pairs' differences. */
  addedUs: round(median(added), 2),
  addedP10P90: [round(quantile(added, 0.1), 2), round(quantile(added, 0.9), 2)],
}
if (arg('out')) fs.writeFileSync(arg('out'), JSON.stringify(report))
console.log('acl', JSON.stringify(report))
process.exit(0)
