// The limit of a reconnect in Node: bare aedes with its own memory store, no credentials, no rights, no meter; a Map of who is there, an HTTP listing.
import http from 'node:http'
import net from 'node:net'
import { Aedes } from 'aedes'
const [port, api] = process.argv.slice(2).map(Number)
const devices = new Map()
const broker = await Aedes.createBroker({ concurrency: 1000, queueLimit: 1000 })
const name = (topic) => topic.slice(0, topic.indexOf('/'))
broker.subscribe(
  '+/status',
  (p, done) => {
    devices.set(name(p.topic), { name: name(p.topic), online: String(p.payload) === 'online' })
    done()
  },
  () => {},
)
broker.subscribe(
  'homeassistant/+/+/+/config',
  (p, done) => (JSON.parse(p.payload), done()),
  () => {},
)
net.createServer({ noDelay: true }, broker.handle).listen({ port, host: '127.0.0.1', backlog: 4096 })
http.createServer((q, r) => r.end(JSON.stringify([...devices.values()]))).listen(api, '127.0.0.1')
