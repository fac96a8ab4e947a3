// Catches a bootstrap that installs twice, prunes, trusts a wrong version, races itself, or swallows output and signals.
// It runs as a stranger would, in a small repository of its own with a pretended npm.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { plantTree } from './testing/sample-tree.ts'
import { root } from './tree.ts'

const lock = {
  packages: {
    '': { name: 'sample' },
    'node_modules/left': { version: '1.2.3' },
    'node_modules/tool': { version: '4.5.6', dev: true },
  },
}

// Installs what the real one would: everything, or all but dev; PRETEND_VERSION makes it pick another version.
const npm = `
const fs = require('node:fs')
const args = process.argv.slice(2)
fs.appendFileSync('npm-calls.txt', args.join(' ') + '\\n')
fs.rmSync('node_modules', { recursive: true, force: true })
setTimeout(() => {
  const put = (name, version) => {
    fs.mkdirSync('node_modules/' + name, { recursive: true })
    fs.writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ version }))
  }
  fs.mkdirSync('node_modules/vite/bin', { recursive: true })
  fs.copyFileSync('pretended-vite.js', 'node_modules/vite/bin/vite.js')
  put('left', process.env.PRETEND_VERSION ?? '1.2.3')
  if (!args.includes('--omit=dev')) put('tool', '4.5.6')
  fs.writeFileSync('node_modules/.package-lock.json', '{}')
  console.log('added some packages')
}, 200)
`

const vite = `
const fs = require('node:fs')
const out = process.argv[process.argv.indexOf('--outDir') + 1]
if (process.env.PRETEND_BROKEN) process.exit(1)
fs.mkdirSync(out, { recursive: true })
fs.copyFileSync('src/main.tsx', out + '/index.html')
console.log('built')
`

const probe = `
if (process.argv.includes('stay')) {
  const rest = setInterval(() => {}, 1000)
  process.on('SIGTERM', () => { clearInterval(rest); console.log('ending'); process.exitCode = 5 })
}
if (process.argv.includes('fail')) process.exitCode = 3
console.log(JSON.stringify({ args: process.argv.slice(2), major: Number(process.versions.node.split('.')[0]) }))
`

let top = ''
before(() => {
  top = plantTree({
    'package-lock.json': JSON.stringify(lock),
    'npm-cli.js': npm,
    'pretended-vite.js': vite,
    'web/package.json': '{"type":"module"}',
    'web/src/main.tsx': 'one',
    'scripts/check.ts': probe,
    'server/package.json': '{"nodeFlags":[]}',
    'server/src/main.mjs': probe,
  })
  cpSync(join(root, 'scripts/run.mjs'), join(top, 'scripts/run.mjs'))
  cpSync(join(root, 'scripts/bootstrap'), join(top, 'scripts/bootstrap'), { recursive: true })
})
beforeEach(() => {
  for (const left of ['node_modules', '.cache', 'npm-calls.txt', 'web/dist'])
    rmSync(join(top, left), { recursive: true, force: true })
})
after(() => rmSync(top, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function launch(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(top, 'scripts/run.mjs'), ...args], {
    env: {
      ...process.env,
      npm_execpath: join(top, 'npm-cli.js'),
      npm_node_execpath: process.execPath,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<Ended>((resolve) => {
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
    child.on('close', (code) => resolve({ code, ...said }))
  })
  return { child, ended }
}

const verb = (args: readonly string[], env?: Record<string, string>): Promise<Ended> =>
  launch(args, env).ended
const npmCalls = (): string[] =>
  existsSync(join(top, 'npm-calls.txt'))
    ? readFileSync(join(top, 'npm-calls.txt'), 'utf8').trim().split('\n')
    : []

test('the first run installs without scripts, the second calls npm no more, and stdout is the verb alone', async () => {
  const first = await verb(['eaves', 'setup', '--json'])
  assert.deepEqual(JSON.parse(first.stdout).args, ['setup', '--json'])
  assert.ok(JSON.parse(first.stdout).major >= 24)
  assert.match(first.stderr, /added some packages/)
  const second = await verb(['eaves', 'setup', '--json'])
  assert.equal(second.stderr, '')
  assert.equal(npmCalls().length, 1)
  assert.match(npmCalls()[0] ?? '', /^ci .*--ignore-scripts.*--omit=dev/)
})

test('a full installation serves the product and is not pruned', async () => {
  await verb(['check'])
  await verb(['eaves', 'doctor'])
  assert.equal(npmCalls().length, 1)
  assert.ok(existsSync(join(top, 'node_modules/tool')))
})

test('a product installation is completed when a check needs more', async () => {
  await verb(['eaves', 'doctor'])
  await verb(['check'])
  assert.equal(npmCalls().length, 2)
})

test('a complete installation made by hand is taken as it is', async () => {
  await verb(['check'])
  rmSync(join(top, 'node_modules/.eaves-set-up.json'))
  await verb(['check'])
  assert.equal(npmCalls().length, 1)
})

test('an installation that was cut short is made again', async () => {
  await verb(['check'])
  rmSync(join(top, 'node_modules/.eaves-set-up.json'))
  rmSync(join(top, 'node_modules/.package-lock.json'))
  await verb(['check'])
  assert.equal(npmCalls().length, 2)
})

test('another version than the lock asks for is refused by name', async () => {
  const ended = await verb(['eaves', 'doctor'], { PRETEND_VERSION: '1.0.0' })
  assert.equal(ended.code, 1)
  assert.equal(ended.stdout, '')
  assert.match(ended.stderr, /node_modules\/left: 1\.0\.0 instead of 1\.2\.3/)
})

test('two runs at once install once, and both go on', async () => {
  const ended = await Promise.all([verb(['check', 'a']), verb(['check', 'b'])])
  assert.deepEqual(
    ended.map((one) => one.code),
    [0, 0],
  )
  assert.equal(npmCalls().length, 1)
})

test('the lock of a run that died does not stop the next', async () => {
  const dead = spawn(process.execPath, ['--eval', ''])
  await new Promise((resolve) => dead.on('exit', resolve))
  mkdirSync(join(top, '.cache/set-up.lock'), { recursive: true })
  writeFileSync(join(top, '.cache/set-up.lock/pid'), String(dead.pid))
  assert.equal((await verb(['check'])).code, 0)
})

test('the exit code is the verb’s own', async () => {
  assert.equal((await verb(['check', 'fail'])).code, 3)
})

test('SIGTERM reaches the server, and its end is the end', async () => {
  const { child, ended } = launch(['eaves', 'stay'])
  await new Promise((resolve) => child.stdout?.once('data', resolve))
  child.kill('SIGTERM')
  const { code, stdout } = await ended
  assert.equal(code, 5)
  assert.match(stdout, /ending/)
})

test('when npm and its shell are ended the server ends as well', async (t) => {
  if (process.platform === 'win32') return t.skip('Windows ends the tree itself')
  // A shell that waits for the program, as npm's does, and dies of a signal without passing it on.
  const shell = spawn(
    'sh',
    ['-c', `'${process.execPath}' '${join(top, 'scripts/run.mjs')}' eaves stay; exit 0`],
    {
      env: {
        ...process.env,
        npm_execpath: join(top, 'npm-cli.js'),
        npm_node_execpath: process.execPath,
        npm_lifecycle_event: 'eaves',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let said = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await new Promise((resolve) => shell.stdout.once('data', resolve))
  const closed = new Promise((resolve) => shell.stdout.once('close', resolve))
  shell.kill('SIGKILL')
  await closed
  assert.match(said, /ending/)
})

test('start builds the app once, again when it changed, and keeps the old one when a build fails', async () => {
  const page = (): string => readFileSync(join(top, 'web/dist/index.html'), 'utf8')
  const source = (text: string): void => writeFileSync(join(top, 'web/src/main.tsx'), text)
  const first = await verb(['start', '--port', '0'])
  assert.deepEqual(JSON.parse(first.stdout).args, ['serve', '--port', '0'])
  assert.match(first.stderr, /Building the web app/)
  assert.equal((await verb(['start'])).stderr, '')
  source('two')
  const broken = await verb(['start'], { PRETEND_BROKEN: '1' })
  assert.equal(broken.code, 1)
  assert.equal(broken.stdout, '')
  assert.equal(page(), 'one')
  await verb(['start'])
  assert.equal(page(), 'two')
})

test('an unknown verb is refused with the list of verbs', async () => {
  const ended = await verb(['sing'])
  assert.equal(ended.code, 1)
  assert.match(ended.stderr, /Unknown verb "sing"\. Verbs: start, eaves/)
})
