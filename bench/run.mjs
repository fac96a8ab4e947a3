// npm run bench [-- --rounds 3 --only w0,w3@5000,reconnect]: Eaves against the limits, in alternating rounds of one run on this machine.
// Prints the ratios to the limit and the gates; writes results/<time>.json; exit code 1 when a run failed or a gate is missed.
// --against <folder>: a checkout of another commit, installed, stands in the limit's place; W0 may not be dearer than there.
import fs from 'node:fs'
import os from 'node:os'
import { spawn } from 'node:child_process'
import { median, round } from './lib/util.mjs'
import { resolve } from 'node:path'
import { againstGatesOf, gatesOf, steps } from './lib/plan.mjs'

const arg = (name, fallback) => {
  const i = process.argv.indexOf(`--${name}`)
  return i < 0 ? fallback : process.argv[i + 1]
}
const rounds = Number(arg('rounds', 5)),
  against = arg('against'),
  only = arg(
    'only',
    against === undefined
      ? steps
          .filter((step) => !step.isLong)
          .map((step) => step.name)
          .join(',')
      : 'w0',
  ).split(',')
const here = new URL('.', import.meta.url).pathname,
  results = `${here}results`
const asked = steps.filter(({ id, name }) => only.includes(id) || only.includes(name))
const wanted =
  against === undefined
    ? asked
    : asked.flatMap((step) =>
        step.script === undefined
          ? [{ ...step, limit: `${resolve(against)}/bench/adapters/eaves.mjs#eaves` }]
          : [],
      )
const unknown = only.filter((word) => !steps.some(({ id, name }) => word === id || word === name))
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error(
    `Unknown: ${unknown.join(', ') || '--rounds'}. There are ${steps.map((step) => step.id).join(', ')}.`,
  )
  process.exit(2)
}
if (!fs.existsSync('/usr/sbin/mosquitto')) {
  console.error('The bench needs Debian’s mosquitto: apt-get install mosquitto')
  process.exit(2)
}
fs.mkdirSync(results, { recursive: true })
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1))
const began = performance.now()

/** Runs a script to its end; its last words when it fails. */
async function script(args, out) {
  fs.rmSync(out, { force: true })
  const p = spawn(process.execPath, [...args, '--out', out], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  p.stdout.on('data', (d) => (text += d))
  // Whoever ends this ends what it has started: a hub left behind would hold the port and the processor.
  const end = () => p.kill('SIGTERM')
  process.once('exit', end)
  const code = await new Promise((r) => p.on('close', r))
  process.off('exit', end)
  const figures = fs.existsSync(out) ? JSON.parse(fs.readFileSync(out, 'utf8')) : {}
  fs.rmSync(out, { force: true })
  if (code !== 0) throw new Error(figures.error ?? text)
  return figures
}
/** A step whose preparation is long is prepared once a side: its rounds follow each other there. */
const once = (step, name) =>
  script(
    step.script === undefined
      ? [
          `${here}bench.mjs`,
          ...[
            '--adapter',
            step[name],
            '--only',
            step.only ?? step.name,
            '--runs',
            String(step.inOne ? rounds : 1),
          ],
          ...[
            '--dir',
            `${here}run/${name}`,
            ...((name === 'limit' ? step.limitArgs : undefined) ?? step.args),
          ],
        ]
      : [`${here}${step.script}`, ...step.args],
    `${results}/.round.json`,
  )

const all = Object.fromEntries(wanted.map((step) => [step.id, { limit: [], peer: [], eaves: [] }]))
/** Node-RED as people draw it, where it is installed. */
const hasPeer = fs.existsSync(`${process.env.NODERED_DIR ?? `${here}peers/nodered`}/node_modules/node-red`)
for (let i = 0; i < rounds; i++)
  for (const step of wanted) {
    if (step.inOne && i > 0) continue
    // A script of its own measures both sides itself, in turns.
    const both = hasPeer && step.peer !== undefined ? ['limit', 'peer', 'eaves'] : ['limit', 'eaves']
    const sides = step.script !== undefined ? ['eaves'] : i % 2 ? both.toReversed() : both
    for (const name of sides) all[step.id][name].push(await once(step, name))
    console.error(
      `${step.id}, round ${i + 1} of ${rounds}: done after ${round((performance.now() - began) / 1000, 0)} s`,
    )
  }

const rows = wanted.flatMap((step) =>
  (against === undefined ? gatesOf : againstGatesOf)(step).map(
    ({ what, read, limit = read, unit, max, min, ratio, apart, peerMax, peerMin }) => {
      const of = (runs, pick) => median(runs.map(pick))
      const { peer } = all[step.id]
      const peers = peer.length > 0 ? of(peer, read) : null
      const ours = of(all[step.id].eaves, read)
      const theirs = of(all[step.id][step.script === undefined ? 'limit' : 'eaves'], limit)
      const value = ratio ? ours / theirs : apart ? ours - theirs : ours
      const beside = peers ? ours / peers : null
      const holds = [
        ...(max === undefined ? [] : [value <= max]),
        ...(min === undefined ? [] : [value >= min]),
        ...(peers === null || peerMax === undefined ? [] : [beside <= peerMax]),
        ...(peers === null || peerMin === undefined ? [] : [beside >= peerMin]),
      ]
      const kind = ratio ? 'ratio' : apart ? 'difference' : 'value'
      return {
        what: `${step.title} ${what}`.trim(),
        eaves: round(ours, 3),
        limit: round(theirs, 3),
        unit,
        ratio: theirs ? round(ours / theirs, 2) : null,
        ...(peers === null ? {} : { 'Node-RED': round(peers, 3), 'beside it': round(beside, 2) }),
        ...(holds.length === 0
          ? {}
          : {
              gate: [
                max === undefined ? [] : `${kind} ≤ ${max}`,
                min === undefined ? [] : `${kind} ≥ ${min}`,
                peers === null || peerMax === undefined ? [] : `of Node-RED ≤ ${peerMax}`,
                peers === null || peerMin === undefined ? [] : `of Node-RED ≥ ${peerMin}`,
              ]
                .flat()
                .join(', '),
              holds: holds.every(Boolean),
            }),
      }
    },
  ),
)
const report = {
  at: new Date().toISOString(),
  node: process.version,
  cores: os.cpus().length,
  rounds,
  rows,
  all,
}
fs.writeFileSync(`${results}/${report.at.replaceAll(':', '-')}.json`, JSON.stringify(report, null, 1))
if (!hasPeer && wanted.some((step) => step.peer !== undefined))
  console.log('Node-RED is not measured: npm i node-red node@24 in a folder, and name it in NODERED_DIR.')
console.log(`\n${os.cpus().length} cores, Node ${process.version}, ${rounds} alternating rounds, medians`)
console.table(Object.fromEntries(rows.map(({ what, ...rest }) => [what, rest])))
process.exit(rows.some((r) => r.holds === false) ? 1 : 0)
