// Catches a backup that holds the house up, is taken for whole after a crash or on a full disk, or that its own guide does not bring back.
import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import type { BackupState } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { fillHistory } from './backup-fill.ts'
import { asSignedIn, joinByHttp } from './join-by-http.ts'
import { canJoinMachines, joinMachines } from './namespaces.ts'
import { claimByHttp } from './owner-by-http.ts'
import { filesBelow, formsOf, hits } from './residue-scan.ts'
import { api, household, root, until, type Claimed, type Household, type Running } from './server.ts'

const isWhole = process.env.EAVES_TEST_WHOLE !== undefined
const isRoot = process.getuid?.() === 0
const canMount =
  isRoot &&
  spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' })
    .status === 0

function houseOf(t: TestContext, env: Readonly<Record<string, string>> = {}): Household {
  const house = household(env)
  t.after(() => house.dispose())
  return house
}
const foldersOf = (house: Household) => ({ data: join(house.dir, 'disk'), vault: join(house.dir, 'stick') })
const into = (house: Household) => ['--to', foldersOf(house).data, '--vault-to', foldersOf(house).vault]
const named = (folder: string, end: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(end)) : []

async function made<T>(house: Household, ...args: string[]): Promise<T> {
  const ran = await house.run([...args, '--json'])
  assert.equal(ran.code, 0, ran.stderr)
  return JSON.parse(ran.stdout) as T
}
const problemOf = async (house: Household, args: readonly string[], extra = {}) => {
  const ran = await house.run([...args, '--json'], extra)
  assert.equal(ran.code, 1, ran.stdout + ran.stderr)
  return JSON.parse(ran.stderr.trim().split('\n').at(-1)!) as { code: string; detail?: string }
}
const pattern = household()
let claimedOnce: Promise<Claimed & { readonly kit: string }> | undefined
after(() => pattern.dispose())
/** A claimed house with a kit, as a copy of one that was made once. */
async function claimedIn(house: Household) {
  claimedOnce ??= (async () => ({
    ...(await pattern.claim()),
    ...(await made<{ kit: string }>(pattern, 'kit')),
  }))()
  const claimed = await claimedOnce
  for (const part of ['data', 'data.key'])
    cpSync(join(pattern.dir, part), join(house.dir, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.sock') && !path.endsWith('reserve'),
    })
  chmodSync(join(house.dir, 'data.key'), 0o700)
  return claimed
}
interface Files {
  readonly data: string
  readonly vault: string
}
async function restoreInto(house: Household, name: string, files: Files, kit: string) {
  writeFileSync(join(house.dir, 'kit.txt'), kit)
  const to = join(house.dir, name, 'data')
  mkdirSync(join(house.dir, name), { recursive: true })
  const args = ['--data', files.data, '--vault', files.vault, '--kit', join(house.dir, 'kit.txt'), '--to', to]
  return { to, done: await made<{ homes: number; instance: string }>(house, 'restore', ...args) }
}

/** The commands of a page of the guide. */
function commandsOf(page: string): string[] {
  const text = readFileSync(join(root, 'docs/guide', page), 'utf8')
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'))
}

test(
  'by the commands of the guide alone a house comes back on a bare machine without a network, with its people and homes',
  {
    skip: canJoinMachines ? false : 'not run: a network namespace needs root and iproute2',
    timeout: 110_000,
  },
  async (t) => {
    clause('pp.5.1')
    const house = houseOf(t)
    const { homeId } = await house.claim()
    const machines = joinMachines()
    t.after(() => machines.dispose())
    const { data, vault } = foldersOf(house)
    const bare = join(house.dir, 'bare')
    mkdirSync(bare)
    /** The command of the guide that looks like this, with the folders of this test and the files that are there now. */
    const command = (like: RegExp): string => {
      const found = commandsOf('backup.md').find((each) => like.test(each))
      assert.ok(found !== undefined, `the guide has ${like}`)
      return found
        .replace('/mnt/disk/eaves/eaves-….data', join(data, named(data, '.data').at(-1) ?? '?'))
        .replace('/mnt/stick/eaves-vault/eaves-….vault', join(vault, named(vault, '.vault').at(-1) ?? '?'))
        .replace('/mnt/disk/eaves', data)
        .replace('/mnt/stick/eaves-vault', vault)
    }
    const type = (command: string, env: Record<string, string>, typed = '') =>
      promisify(execFile)('sh', ['-c', `printf %s "$TYPED" | ${command}`], {
        cwd: root,
        env: { ...house.env, ...env, TYPED: typed },
      })
    const kit = (await type(command(/ kit$/), {})).stdout.match(/^ {2}\S+$/gm)!.join('\n')
    const server = await house.start()
    await type(command(/ backup /), {})
    await type(command(/ kit --check -$/), {}, kit.toLowerCase())
    await server.kill()
    assert.match(
      (await type(command(/ wipe$/), {}).catch((error: unknown) => error as { stdout: string })).stdout,
      /the keys: /,
    )

    const env = { EAVES_DATA: join(bare, 'data'), EAVES_PORT: '8420', EAVES_HOST: '127.0.0.1' }
    const restoreCommand = command(/ restore /)
    const inNamespace = `${machines.onHub.join(' ')} ${restoreCommand}`
    const { stdout } = await type(inNamespace, env, kit)
    assert.match(stdout, /Restores the server [a-z2-7]{8} as it was at/)
    assert.match(stdout, /1 home opens/)
    const [program, ...args] = [...machines.onHub, 'npm', 'start']
    const restored = spawn(program, args, {
      cwd: root,
      env: { ...house.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise((resolve) => restored.once('exit', resolve))
    t.after(async () => {
      restored.kill('SIGTERM')
      await ended
    })
    let said = ''
    for (const stream of [restored.stdout, restored.stderr]) stream.on('data', (chunk) => (said += chunk))
    const base = await until(
      () => /Eaves is ready at (\S+)/.exec(said)?.[1],
      `the ready line: ${said}`,
      60_000,
    )
    assert.doesNotMatch(said, /Claim this home/)
    const [look, ...rest] = [...machines.onHub, process.execPath, join(root, 'test/restored-client.ts')]
    const seen = JSON.parse(
      (await promisify(execFile)(look, [...rest, base, join(bare, 'data.outbox'), 'ada@example.org'])).stdout,
    ) as { status: number; homes: { id: string; name: string }[] }
    assert.equal(seen.status, 200)
    assert.deepEqual(
      seen.homes.map(({ id, name }) => [id, name]),
      [[homeId, 'Elm Street']],
    )
  },
)

test(
  'while a backup is made the house goes on; after kill -9 in its midst nothing is taken for a backup and nothing is lost',
  { timeout: 110_000 },
  async (t) => {
    const house = houseOf(t)
    const { token, homeId, kit } = await claimedIn(house)
    fillHistory(house.env.EAVES_DATA!, 24)
    const { data, vault } = foldersOf(house)
    let told = 0
    const write = async (server: Running) => {
      const began = performance.now()
      const wish = { name: `Home ${told + 1}` }
      const answer = await api(server.base, token).call('PATCH', `/api/homes/${homeId}`, wish)
      assert.ok(answer.status < 300, answer.text)
      told += 1
      return performance.now() - began
    }
    const kept = async (server: Running) =>
      (await api(server.base, token).call('GET', `/api/homes/${homeId}`)).body.name as string
    let server = await house.start()
    for (const share of isWhole ? [0.05, 0.5, 0.9] : [0.5]) {
      const asked = house.run(['backup', ...into(house), '--json'])
      const enough = 24_000_000 * share
      await until(
        async () => {
          await write(server)
          const [name] = named(data, '.under-way')
          return name !== undefined && statSync(join(data, name)).size > enough
        },
        'a backup under way',
        20_000,
      )
      await server.kill('SIGKILL')
      await asked
      assert.deepEqual([named(data, '.data'), named(vault, '.vault')], [[], []], `killed at ${share}`)
      server = await house.start()
      assert.equal(await kept(server), `Home ${told}`)
    }
    let slowestMs = 0
    let isDone = false
    const asked = made<Files>(house, 'backup', ...into(house)).finally(() => (isDone = true))
    const before = told
    while (!isDone) slowestMs = Math.max(slowestMs, await write(server))
    const files = await asked
    assert.deepEqual(named(data, '.under-way'), [])
    t.diagnostic(`${told - before} writes beside a backup of 24 MB, the slowest ${slowestMs.toFixed(0)} ms`)
    assert.ok(told - before > 3)
    await server.kill()
    const { to } = await restoreInto(house, 'bare', files, kit)
    const restored = await house.start({ EAVES_DATA: to })
    assert.equal(
      (await api(restored.base, token).call('GET', `/api/homes/${homeId}`)).status,
      401,
      'tokens have ended',
    )
    await restored.kill()
    const rowsIn = (folder: string) => statSync(join(folder, 'history.db')).size
    assert.ok(rowsIn(to) > 24_000_000)
  },
)

test('no byte of either file shows who lives there', async (t) => {
  clause('pp.5.1')
  const house = houseOf(t)
  const { token, homeId, accountId, kit } = await claimedIn(house)
  await made(house, 'backup', ...into(house))
  const kek = readFileSync(join(house.dir, 'data.key', 'kek'), 'utf8').trim()
  const secrets = new Map(
    Object.entries({ token, homeId, accountId, kit, kek, name: 'Elm Street', email: 'ada@example.org' }).map(
      ([what, text]) => [what, formsOf(text)],
    ),
  )
  for (const folder of Object.values(foldersOf(house)))
    assert.deepEqual(hits(filesBelow(folder), secrets), [])
  assert.ok(
    hits(filesBelow(house.env.EAVES_DATA!), new Map([['home', formsOf(homeId)]])).length > 0,
    'the scan finds',
  )
})

test('a kit with a slip is refused by its group, another kit by its mark, a cut file by what it is', async (t) => {
  const house = houseOf(t)
  const { kit } = await claimedIn(house)
  const files = await made<Files>(house, 'backup', ...into(house))
  const typed = join(house.dir, 'typed')
  const args = (data = files.data) => [
    'restore',
    '--data',
    data,
    '--vault',
    files.vault,
    '--kit',
    typed,
    '--to',
    join(house.dir, 'bare/data'),
  ]
  const groups = kit.split('-')
  // Every group: server/src/backup/kit.test.ts.
  for (const i of isWhole ? [2, groups.length - 1] : [2]) {
    const group = groups[i]!
    writeFileSync(typed, groups.with(i, `${group[0] === 'A' ? 'B' : 'A'}${group.slice(1)}`).join('-'))
    const { code, detail } = await problemOf(house, args())
    assert.deepEqual([code, detail], ['backup.kit-typo', `Look at group ${i + 1}.`])
    if (i === 2) assert.match((await house.run(args())).stderr, /Look at group 3\.\nCompare the group/)
  }
  writeFileSync(typed, kit)
  const bytes = readFileSync(files.data)
  const cut = join(house.dir, 'cut.data')
  writeFileSync(cut, bytes.subarray(0, bytes.length - 100))
  assert.equal((await problemOf(house, args(cut))).code, 'backup.incomplete')
  const old = await made<{ mark: string }>(house, 'kit', '--new')
  const newer = await made<Files>(house, 'backup', ...into(house))
  const wrong = await problemOf(house, [...args().slice(0, 4), newer.vault, ...args().slice(5)])
  assert.equal(wrong.code, 'backup.kit-wrong')
  assert.ok(wrong.detail!.includes(old.mark))
  assert.equal(existsSync(join(house.dir, 'bare')), false)
  const plan = await made<{ rows: number }>(house, ...args(), '--dry-run')
  assert.ok(plan.rows > 10)
  assert.equal(existsSync(join(house.dir, 'bare')), false)
})

test(
  'on a disk without room a backup is refused before it begins, and one that runs out midway leaves nothing',
  { skip: canMount ? false : 'not run: a disk of its own needs root and unshare', timeout: 60_000 },
  async (t) => {
    const house = houseOf(t)
    await claimedIn(house)
    fillHistory(house.env.EAVES_DATA!, 12)
    const good = await made<Files>(house, 'backup', ...into(house))
    const { data, vault } = foldersOf(house)
    const main = join(root, 'server/src/main.mjs')
    const run = (script: string) =>
      spawnSync('unshare', ['-m', '--propagation', 'private', 'sh', '-c', script], {
        cwd: house.dir,
        env: house.env,
        encoding: 'utf8',
      })
    const verb = `"${process.execPath}" "${main}" backup --to small --vault-to "${vault}" --json`
    const small = run(`mkdir small && mount -t tmpfs -o size=20m tmpfs small && ${verb}; ls -A small`)
    assert.match(small.stderr, /"code":"backup\.no-space"/)
    assert.match(small.stderr, /needs \d+ MB and has \d+ MB/)
    assert.equal(small.stdout.trim(), '')
    // A file system that takes no larger files, such as the one of many sticks, ends it midway: the copy still fits.
    const blocks = Math.ceil(statSync(join(house.env.EAVES_DATA!, 'history.db')).size / 512) + 100
    const midway = run(
      `ulimit -f ${blocks}; "${process.execPath}" "${main}" backup --to "${data}" --vault-to "${vault}" --json`,
    )
    assert.match(midway.stderr, /"code":"backup\.no-space"/, midway.stderr + midway.stdout)
    assert.deepEqual(named(data, '.under-way'), [])
    assert.deepEqual(
      named(data, '.data').map((name) => join(data, name)),
      [good.data],
    )
    assert.equal(existsSync(join(house.env.EAVES_DATA!, 'backup.tmp')), false)
  },
)

test('a server that stops ends a backup at once and stops in time', { timeout: 60_000 }, async (t) => {
  const house = houseOf(t)
  await claimedIn(house)
  fillHistory(house.env.EAVES_DATA!, 30)
  const server = await house.start()
  const asked = house.run(['backup', ...into(house), '--json'])
  await until(() => named(foldersOf(house).data, '.under-way').length > 0, 'a backup under way')
  await server.kill()
  assert.equal(server.process.exitCode, 0)
  const { code, stderr } = await asked
  assert.equal(code, 1)
  assert.match(stderr, /backup\.cut-short|server\.busy/)
  assert.deepEqual(
    [named(foldersOf(house).data, '.data'), named(foldersOf(house).data, '.under-way')],
    [[], []],
  )
})

test(
  'who keeps a home sees how the last backup went and makes one; nobody else learns of it',
  { timeout: 60_000 },
  async (t) => {
    const house = houseOf(t)
    const { data, vault } = foldersOf(house)
    for (const folder of [data, vault]) mkdirSync(folder)
    const server = await house.start({ EAVES_BACKUP_DIR: data, EAVES_VAULT_BACKUP_DIR: vault })
    const { cookie } = await claimByHttp(server)
    const owner = asSignedIn(server, cookie)
    const problem = (method: string, path: string, status: number) =>
      owner<{ code: string }>(method, path, undefined, status)
    assert.equal(
      (await problem('GET', '/api/instance/backup', 404)).code,
      'auth.not-found',
      'no home kept yet',
    )
    const { id } = await owner<{ id: string }>('POST', '/api/homes', { name: 'Elm', zone: 'UTC' })
    const state = () => owner<BackupState>('GET', '/api/instance/backup')
    assert.deepEqual(await state(), { isSupported: true, isSetUp: true, isRunning: false })
    assert.equal((await problem('POST', '/api/instance/backup', 409)).code, 'backup.no-kit')
    const { mark } = await made<{ mark: string }>(house, 'kit')
    const before = Date.now()
    assert.equal((await owner<BackupState>('POST', '/api/instance/backup', undefined, 202)).isRunning, true)
    const done = await until(
      async () => {
        const now = await state()
        return now.isRunning ? undefined : now
      },
      'the end of the backup',
      20_000,
    )
    assert.equal(done.kit?.mark, mark)
    assert.ok(done.last?.rehearsal !== undefined && done.last.failed === undefined, JSON.stringify(done))
    assert.equal(done.lastGood?.dataName, named(data, '.data')[0])
    assert.ok(done.forecast!.bytes > 100_000 && done.forecast!.restoreSeconds >= 1)
    assert.ok(Date.parse(done.nextAt!) > before + 23 * 60 * 60_000)
    const invited = await owner<{ code: string }>(
      'POST',
      `/api/homes/${id}/invitations`,
      { role: 'adult' },
      201,
    )
    const adult = await joinByHttp(server, house, 'ben@example.org', invited.code)
    for (const method of ['GET', 'POST']) await adult.ask(method, '/api/instance/backup', undefined, 404)
    await adult.ask('GET', '/api/instance/alive', undefined, 404)
    assert.deepEqual(await owner('GET', '/api/instance/alive'), { missed: 0, isFailing: false })
  },
)
