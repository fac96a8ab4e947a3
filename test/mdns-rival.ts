// A device in the house that says it has the hub's name, as a program: it says what became of the hub, as JSON.
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'node:tls'
import openMdns, { type Answer, type Packet } from 'multicast-dns'

const [hub = '', port = '', own = ''] = process.argv.slice(2)
const name = 'eaves.local'
const other = 'eaves-2.local'

const mdns = openMdns({ interface: own, bind: '0.0.0.0', loopback: true })
const mine: Answer[] = [{ name, type: 'A', ttl: 120, data: own }]
const found = new Set<string>()
mdns.on('query', ({ questions }: Packet) => {
  if (questions?.some((each) => each.name === name) === true) mdns.respond({ answers: mine })
})
mdns.on('response', ({ answers }: Packet) => {
  for (const each of answers ?? [])
    if (each.name === other && each.type === 'A' && each.ttl !== 0) found.add(String(each.data))
})
mdns.respond({ answers: mine })
for (let turn = 0; turn < 40 && found.size === 0; turn++) {
  mdns.query({ questions: [{ name: other, type: 'A' }] })
  await wait(250)
}
// The certificate follows in the moment after the name.
await wait(1_000)
const socket = connect({ host: hub, port: Number(port), servername: name, rejectUnauthorized: false })
await once(socket, 'secureConnect')
const { subjectaltname } = socket.getPeerCertificate()
socket.destroy()
mdns.destroy()
process.stdout.write(JSON.stringify({ found: [...found], names: subjectaltname?.split(', ') ?? [] }))
process.exit(0)
