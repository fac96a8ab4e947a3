// npm run bench [-- --rounds 5 --only w0,w3,w4]: Eaves against the live relay, in alternating rounds of one run on this machine.
// Prints the ratios to the limit and the gates; writes results/<time>.json; exit code 1 when a run failed or a gate is missed.
import fs from 'node:fs'
import os from 'node:os'
import { spawn } from 'node:child_process'
import { median, round } from './lib/util.mjs'

const arg = (name, fallback) => {
  const i = process.argv.indexOf(`--${name}`)
  return i < 0 ? fallback : process.argv[i + 1]
}
const rounds = Number(arg('rounds', 5)),
  only = arg('only', 'w0,w3,w4')
const here = new URL('.', import.meta.url).pathname,
  results = `${here}results`
if (!fs.existsSync('/usr/sbin/mosquitto')) {
  console.error('The bench needs Debian’s mosquitto: apt-get install mosquitto')
  process.exit(2)
}
fs.mkdirSync(results, { recursive: true })

const adapters = { limit: 'adapters/limit.mjs#live', eaves: 'adapters/eaves.mjs#eaves' }
async function once(name, i) {
  const out = `${results}/.round.json`
  const p = spawn(
    process.execPath,
    [
      `${here}bench.mjs`,
      '--adapter',
      adapters[name],
      '--only',
      only,
      '--runs',
      '1',
      '--w4-rules',
      '0',
      '--out',
      out,
      '--dir',
      `${here}run/${name}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let text = ''
  p.stdout.on('data', (d) => (text += d))
  const code = await new Promise((r) => p.on('close', r))
  const figures = JSON.parse(fs.readFileSync(out, 'utf8'))
  fs.rmSync(out)
  if (code !== 0) throw new Error(`${name}, round ${i + 1}: ${figures.error ?? text}`)
  console.error(`${name} round ${i + 1} of ${rounds} done`)
  return figures
}
const all = { limit: [], eaves: [] }
for (let i = 0; i < rounds; i++)
  for (const name of i % 2 ? ['eaves', 'limit'] : ['limit', 'eaves']) all[name].push(await once(name, i))

const figure = (name, read) => median(all[name].map(read))
const rows = []
/** A gate on Eaves' figure itself, or on its ratio to the limit's. */
const gate = (what, read, { ratio, max, unit }) => {
  const eaves = figure('eaves', read),
    limit = figure('limit', read)
  const value = ratio ? eaves / limit : eaves
  rows.push({
    what,
    eaves: round(eaves, 3),
    limit: round(limit, 3),
    unit,
    ratio: round(eaves / limit, 2),
    ...(max === undefined ? {} : { gate: `${ratio ? 'ratio' : 'value'} ≤ ${max}`, holds: value <= max }),
  })
}
if (only.includes('w0'))
  for (const [step, max] of [
    [0, 1.8],
    [1, 2.5],
  ]) {
    const at = (r) => r.w0.steps[step]
    gate(`W0 ${at(all.eaves[0]).rate}/s p50`, (r) => at(r).p50.median, { ratio: true, max, unit: 'ms' })
    gate(`W0 ${at(all.eaves[0]).rate}/s p99`, (r) => at(r).p99.median, { unit: 'ms' })
    gate(`W0 ${at(all.eaves[0]).rate}/s CPU a change`, (r) => at(r).hubUsPer.median, { unit: 'µs' })
    gate(`W0 ${at(all.eaves[0]).rate}/s lost or stray`, (r) => at(r).lost + at(r).stray, {
      max: 0,
      unit: 'changes',
    })
  }
if (only.includes('w3')) {
  gate('W3 CPU a message', (r) => r.w3.usPer.median, { ratio: true, max: 2, unit: 'µs' })
  gate('W3 rate', (r) => r.w3.perS.median, { unit: 'messages/s' })
}
if (only.includes('w4')) {
  gate('W4 listed after restart', (r) => r.w4.listedMs.median, { max: 800, unit: 'ms' })
  gate('W4 process tree PSS', (r) => r.w4.pss1000.median, { max: 170, unit: 'MiB' })
  gate('W4 idle CPU', (r) => r.w4.idleCpuPct, { unit: '%' })
}
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
