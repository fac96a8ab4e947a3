// A process of live sockets: opens so many for each token, watches one home on each and counts the frames of changes.
import { WebSocket } from 'ws'

const [port, home, each, ...tokens] = process.argv.slice(2)
let changes = 0
let snapshots = 0
const all = tokens.flatMap((token) => Array.from({ length: Number(each) }, () => token))
for (const token of all) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`)
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'hello', token }))
    socket.send(JSON.stringify({ type: 'watch', home }))
  })
  socket.on('message', (data) => {
    // The kind stands at the beginning; to parse it all would measure this process.
    const kind = (data as Buffer).subarray(9, 17).toString()
    if (kind.startsWith('change')) changes++
    else if (kind.startsWith('snapshot')) snapshots++
  })
}
process.on('message', (message) => {
  if (message === 'count') process.send?.({ changes, snapshots })
  else process.exit(0)
})
