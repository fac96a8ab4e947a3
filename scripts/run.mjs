// The first thing that runs on a fresh clone. Plain JavaScript without dependencies, because the Node that
// starts it may be as old as 20 and nothing is installed yet. Everything it says goes to stderr: the output
// of the verb itself must stay machine-readable.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { Refusal, root, say } from './bootstrap/ground.mjs'
import { ensureInstalled } from './bootstrap/install.mjs'
import { ensureWebApp } from './bootstrap/web-app.mjs'

const never = () => false
const always = () => true
// Flags that V8 takes only at its start: most garbage is short-lived, and a larger young generation would only be resident memory.
const flags = JSON.parse(readFileSync(join(root, 'server', 'package.json'), 'utf8')).nodeFlags
const server = [...flags, join(root, 'server', 'src', 'main.mjs')]

// profile: what has to be installed. web: does the verb need the built app?
const verbs = {
  start: { profile: 'product', web: isServing, command: (args) => [...server, 'serve', ...args] },
  eaves: {
    profile: 'product',
    web: (args) => args[0] === 'serve' && isServing(args),
    command: (args) => [...server, ...args],
  },
  dev: { profile: 'full', web: isServing, command: (args) => ['--watch', ...server, 'serve', ...args] },
  test: { profile: 'full', web: needsBrowser, command: (args) => [script('test.ts'), ...args] },
  'test:full': {
    profile: 'full',
    web: needsBrowser,
    command: (args) => [script('test.ts'), '--full', ...args],
  },
  promises: {
    profile: 'full',
    web: always,
    command: (args) => [script('test.ts'), '--promises', ...args],
  },
  residue: { profile: 'full', web: always, command: (args) => [script('residue.ts'), ...args] },
  check: { profile: 'full', web: never, command: (args) => [script('check.ts'), ...args] },
  coverage: { profile: 'full', web: never, command: (args) => [script('coverage.ts'), ...args] },
  generate: { profile: 'full', web: never, command: (args) => [script('generate.ts'), ...args] },
  bench: { profile: 'full', web: always, command: (args) => [join(root, 'bench', 'run.mjs'), ...args] },
}

function script(name) {
  return join(root, 'scripts', name)
}

function isServing(args) {
  return !args.includes('--help')
}

// A subset outside test/ touches no browser, so it does not pay for the build.
function needsBrowser(args) {
  const paths = args.filter((arg) => !arg.startsWith('-'))
  return paths.length === 0 || paths.some((path) => /(^|[/\\])test([/\\]|$)/.test(path))
}

// Signals reach the child as they reach us; its end is our end.
function execute(node, argv) {
  const child = spawn(node, argv, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C goes to the whole foreground group: a second one from here would look like impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  // npm runs this through a shell that dies of a signal without passing it on; whoever ends npm means the program.
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM')
    }, 500).unref()
  }
  child.on('error', (error) => {
    say(`Cannot start ${node}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

async function main() {
  const [verb, ...args] = process.argv.slice(2)
  const entry = Object.hasOwn(verbs, verb ?? '') ? verbs[verb] : undefined
  if (entry === undefined)
    throw new Refusal(`Unknown verb "${verb ?? ''}". Verbs: ${Object.keys(verbs).join(', ')}.`)
  const node = await ensureInstalled(entry.profile)
  if (entry.web(args)) await ensureWebApp(node)
  execute(node, entry.command(args))
}

try {
  await main()
} catch (error) {
  say(error instanceof Refusal ? error.message : String(error.stack))
  process.exit(1)
}
