// The devices of `reconnect`: one MQTT client each, in one process that reads a JSON line and answers with one.
//  {"do":"begin","port":..,"file":".."} connects them one after another, announces them   {"do":"drop"} breaks every connection off, so that every will is sent
//  {"do":"connect"} all at once, each again after 1 s when it is refused                   {"do":"count"} how many connections stand
import fs from 'node:fs'
import readline from 'node:readline'
import { connect } from '../lib/mqttlite.mjs'
import { ownDevice } from '../lib/home.mjs'
import { round, sleep } from '../lib/util.mjs'

let port,
  clients = [],
  retries = 0
const live = new Map()
/** A device that was refused this often in a row fails the run. */
const mostTries = 20
async function join(i, first) {
  const d = ownDevice(i)
  const { username, password } = clients[i]
  for (let tries = 1; ; tries++) {
    try {
      const cli = await connect({
        port,
        clientId: d.name,
        username,
        password,
        will: d.will,
        onClose: () => live.delete(i),
      })
      live.set(i, cli)
      if (first) cli.publish(...d.config, true)
      cli.publish(...d.online, true)
      cli.publish(...d.state)
      return
    } catch (error) {
      if (tries === mostTries) throw error
      retries++
      await sleep(1000)
    }
  }
}
const acts = {
  async begin(o) {
    port = o.port
    clients = JSON.parse(fs.readFileSync(o.file, 'utf8'))
    for (let i = 0; i < clients.length; i++) await join(i, true)
    return { open: live.size }
  },
  async drop() {
    for (const cli of live.values()) cli.sock.resetAndDestroy()
    await sleep(50)
    return { open: live.size }
  },
  async connect() {
    retries = 0
    const t0 = performance.now()
    await Promise.all(clients.map((_, i) => join(i, false)))
    return { connackMs: round(performance.now() - t0, 0), retries }
  },
  async count() {
    return { open: live.size }
  },
}
for await (const line of readline.createInterface({ input: process.stdin })) {
  const word = JSON.parse(line)
  console.log(JSON.stringify(await acts[word.do](word)))
}
process.exit(0)
