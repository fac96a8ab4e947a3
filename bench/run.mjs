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
const rounds = Number(arg('rounds', 3)),
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
const began = performance.now()

/** Runs a script to its end; its last words when it fails. */
async function script(args, out) {
  fs.rmSync(out, { force: true })
  const p = spawn(process.execPath, [...args, '--out', out], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  p.stdout.on('data', (d) => (text += d))
  const code = await new Promise((r) => p.on('close', r))
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
          ...['--adapter', step[name], '--only', step.name, '--runs', String(step.inOne ? rounds : 1)],
          ...['--dir', `${here}run/${name}`, ...step.args],
        ]
      : [`${here}${step.script}`, ...step.args],
    `${results}/.round.json`,
  )

const all = Object.fromEntries(wanted.map((step) => [step.id, { limit: [], eaves: [] }]))
for (let i = 0; i < rounds; i++)
  for (const step of wanted) {
    if (step.inOne && i > 0) continue
    // A script of its own measures both sides itself, in turns.
    const sides = step.script !== undefined ? ['eaves'] : i % 2 ? ['eaves', 'limit'] : ['limit', 'eaves']
    for (const name of sides) all[step.id][name].push(await once(step, name))
    console.error(
      `${step.id}, round ${i + 1} of ${rounds}: done after ${round((performance.now() - began) / 1000, 0)} s`,
    )
  }

const rows = wanted.flatMap((step) =>
  (against === undefined ? gatesOf : againstGatesOf)(step).map(
    ({ what, read, limit = read, unit, max, min, ratio }) => {
      const of = (runs, pick) => median(runs.map(pick))
      const ours = of(all[step.id].eaves, read)
      const theirs = of(all[step.id][step.script === undefined ? 'limit' : 'eaves'], limit)
      const value = ratio ? ours / theirs : ours
      return {
        what: `${step.title} ${what}`,
        eaves: round(ours, 3),
        limit: round(theirs, 3),
        unit,
        ratio: theirs ? round(ours / theirs, 2) : null,
        ...(max === undefined ? {} : { gate: `${ratio ? 'ratio' : 'value'} ≤ ${max}`, holds: value <= max }),
        ...(min === undefined ? {} : { gate: `${ratio ? 'ratio' : 'value'} ≥ ${min}`, holds: value >= min }),
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
console.log(`\n${os.cpus().length} cores, Node ${process.version}, ${rounds} alternating rounds, medians`)
console.table(Object.fromEntries(rows.map(({ what, ...rest }) => [what, rest])))
process.exit(rows.some((r) => r.holds === false) ? 1 : 0)
