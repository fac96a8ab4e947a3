// Catches an acknowledged act that a kill loses, and a start that goes on, or damages what it finds, when its files are not right.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import { claimByHttp } from './owner-by-http.ts'
import { seeded } from './raw-http.ts'
import { sealsOf } from './residue-scan.ts'
import { household, root, until, type Household, type Running } from './server.ts'

const isWhole = process.env.EAVES_TEST_WHOLE !== undefined
const rounds = isWhole ? 20 : 5
const purpose = 'account.device-label'

/** What was acknowledged, kept outside the server. */
interface Acknowledged {
  readonly rooms: string[]
  readonly commands: string[]
  choices: number
  choice: boolean
}

describe('kill -9 at random moments', () => {
  test('nothing that was acknowledged is lost', { timeout: 60_000 }, async (t) => {
    clause('pp.4.4.e')
    const seed = 20_261_122
    const pick = seeded(seed)
    const house = household()
    try {
      let server = await house.start()
      const secret = (await claimByHttp(server)).cookie.split('=')[1]!
      const call = callerOf(() => server, secret)
      const home = (await call('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })).body.id as string
      await call('POST', `/api/homes/${home}/onboarding`, { driver: 'simulated', config: {} })
      const lamp = await until(
        async () =>
          ((await call('GET', `/api/homes/${home}/devices`)).body as any[]).find(
            (each) => each.kind === 'light',
          )?.id as string | undefined,
        'a light',
      )
      const done: Acknowledged = { rooms: [], commands: [], choices: 0, choice: false }
      for (let round = 0; round < rounds; round++) {
        let live = true
        const working = load(call, home, lamp, done, () => live)
        await new Promise((resolve) => setTimeout(resolve, 30 + pick(150)))
        const dying = server.kill('SIGKILL')
        await dying
        live = false
        await working
        server = await house.start()
        await check(call, home, done, `seed ${seed}, round ${round}`)
      }
      t.diagnostic(
        `seed ${seed}: ${rounds} kills, ${done.rooms.length} rooms, ${done.commands.length} commands and ${done.choices} choices acknowledged, 0 lost`,
      )
      assert.ok(done.rooms.length > rounds && done.commands.length > rounds && done.choices > rounds)
    } finally {
      await house.dispose()
    }
  })
})

type Call = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: any }>
function callerOf(server: () => Running, secret: string): Call {
  return async (method, path, body) => {
    const { base, port } = server()
    const answer = await fetch(base + path, {
      method,
      headers: {
        cookie: `eaves-${port}=${secret}`,
        origin: base,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}

async function load(
  call: Call,
  home: string,
  lamp: string,
  done: Acknowledged,
  live: () => boolean,
): Promise<void> {
  const until_ = async (step: () => Promise<void>) => {
    while (live()) {
      try {
        await step()
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error // the connection went with the process
        return
      }
    }
  }
  await Promise.all([
    until_(async () => {
      const { status, body } = await call('POST', `/api/homes/${home}/rooms`, {
        name: `Room ${Math.random()}`,
      })
      if (status === 201) done.rooms.push(body.name as string)
      else assert.ok(status < 500, JSON.stringify(body))
      if (done.rooms.length % 20 === 19) await call('GET', `/api/homes/${home}/rooms`)
    }),
    until_(async () => {
      const { status, body } = await call('POST', `/api/homes/${home}/devices/${lamp}/commands`, {
        capability: 'onOff',
        command: 'toggle',
      })
      if (status === 202) done.commands.push(body.id as string)
      else await new Promise((resolve) => setTimeout(resolve, 5))
    }),
    until_(async () => {
      const given = !done.choice
      const { status } = await call('PUT', `/api/me/choices/${purpose}`, { given })
      if (status !== 200) return
      done.choices += 1
      done.choice = given
    }),
  ])
}

async function check(call: Call, home: string, done: Acknowledged, where: string): Promise<void> {
  const rooms = new Set(
    ((await call('GET', `/api/homes/${home}/rooms`)).body as { name: string }[]).map(({ name }) => name),
  )
  assert.deepEqual(
    done.rooms.filter((name) => !rooms.has(name)),
    [],
    `${where}: rooms`,
  )
  for (const id of done.commands.slice(-40))
    assert.equal(
      (await call('GET', `/api/homes/${home}/commands/${id}`)).status,
      200,
      `${where}: command ${id}`,
    )
  const choice = (
    (await call('GET', '/api/me/choices')).body as { purpose: string; given: boolean; events: unknown[] }[]
  ).find((each) => each.purpose === purpose)!
  // One choice more may have been stored whose answer never arrived.
  assert.ok(
    choice.events.length >= done.choices,
    `${where}: ${choice.events.length} events of ${done.choices}`,
  )
  if (choice.given !== done.choice)
    assert.ok(choice.events.length > done.choices, `${where}: the last choice`)
  done.choice = choice.given
  done.choices = choice.events.length
}

describe('a start that cannot be right', () => {
  let pattern: Household, folders: string
  before(async () => {
    pattern = household()
    const made = await pattern.run([
      'setup',
      '--owner',
      'ada@example.org',
      '--home',
      'Elm Street',
      '--agree',
      '--json',
    ])
    assert.equal(made.code, 0, made.stderr)
    const server = await pattern.start()
    await server.kill()
    assert.equal(server.process.exitCode, 0, 'asked to end the moment it is ready, it ends cleanly')
    folders = mkdtempSync(join(tmpdir(), 'eaves-wrong-'))
  })
  after(async () => {
    await pattern?.dispose()
    rmSync(folders, { recursive: true, force: true })
  })

  /** A copy of a working house, made wrong; starting it must be refused with these words, and leave every byte. */
  async function refused(
    name: string,
    spoil: (dir: string) => void,
    words: RegExp,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const dir = join(folders, name.replaceAll(/\W+/g, '-'))
    for (const part of ['data', 'data.key'])
      cpSync(join(pattern.dir, part), join(dir, part), {
        recursive: true,
        filter: (path) => !path.endsWith('.sock') && !path.endsWith('reserve'),
      })
    chmodSync(join(dir, 'data.key'), 0o700)
    spoil(dir)
    // The space that is kept free on the disk holds nothing.
    const seals = () =>
      ['data', 'data.key'].map((part) =>
        sealsOf(join(dir, part)).filter((line) => !line.startsWith('/reserve ')),
      )
    const sealed = seals()
    const child = spawn(process.execPath, [join(root, 'server/src/main.mjs'), 'serve'], {
      cwd: dir,
      env: { ...pattern.env, HOME: dir, EAVES_DATA: join(dir, 'data'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 8000)
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    clearTimeout(giveUp)
    assert.ok(code !== null && code !== 0, `${name}: exit ${code}: ${said}`)
    assert.match(said, words, name)
    assert.match(said.trim(), /\.$|chmod \d+ \S+$/, `${name}: ${said}`)
    assert.doesNotMatch(said, /\n\s+at |Error:|ready at/, name)
    assert.deepEqual(seals(), sealed, `${name}: something was touched`)
  }
  /** What server/src/store/start.test.ts sees of the stores alone; the whole form sees it of the program too. */
  const refusedToo: typeof refused = async (...given) => (isWhole ? refused(...given) : undefined)
  const bytes = (path: string, at: number, what: Buffer) => {
    const file = openSync(path, 'r+')
    writeSync(file, what, 0, what.length, at)
    closeSync(file)
  }

  for (const file of ['eaves.db', 'history.db', 'vault.db']) {
    test(`${file}: damaged or newer`, async () => {
      const at = (dir: string) => join(dir, 'data', file)
      const damaged = new RegExp(`${file.replace('.', '\\.')} is damaged`)
      await refusedToo(
        `${file} no database`,
        (dir) => writeFileSync(at(dir), 'this is a letter to my aunt '.repeat(500)),
        damaged,
      )
      await refusedToo(
        `${file} half`,
        (dir) => truncateSync(at(dir), Math.floor(statSync(at(dir)).size / 8192) * 4096),
        damaged,
      )
      await refused(`${file} page of zeros`, (dir) => bytes(at(dir), 4096, Buffer.alloc(4096)), damaged)
      await refusedToo(`${file} first page`, (dir) => bytes(at(dir), 100, Buffer.alloc(300, 0xa5)), damaged)
      await refused(
        `${file} newer`,
        (dir) => {
          const db = new DatabaseSync(at(dir))
          db.exec('PRAGMA journal_mode=DELETE; PRAGMA user_version=9999; PRAGMA journal_mode=WAL')
          db.close()
        },
        /written by a newer version/,
      )
    })
  }

  test('a file that is gone', async () => {
    await refused('no vault', (dir) => rmSync(join(dir, 'data', 'vault.db')), /vault .* is missing/)
    await refusedToo(
      'empty vault',
      (dir) => truncateSync(join(dir, 'data', 'vault.db'), 0),
      /vault .* is missing/,
    )
    await refusedToo('no facts', (dir) => rmSync(join(dir, 'data', 'eaves.db')), /eaves\.db .*is missing/)
    await refused(
      'empty facts',
      (dir) => truncateSync(join(dir, 'data', 'eaves.db'), 0),
      /eaves\.db .*is missing/,
    )
  })

  test('a key file that is gone, another, broken or open to others', async () => {
    const key = (dir: string) => join(dir, 'data.key', 'kek')
    await refused('no key', (dir) => rmSync(key(dir)), /key file .* is missing/)
    await refusedToo(
      'other key',
      (dir) => writeFileSync(key(dir), `${'A'.repeat(43)}\n`, { mode: 0o600 }),
      /key/,
    )
    await refusedToo(
      'broken key',
      (dir) => writeFileSync(key(dir), 'x', { mode: 0o600 }),
      /does not hold a key/,
    )
    await refused('readable key', (dir) => chmodSync(key(dir), 0o644), /can be read by others/)
    await refused('open folder', (dir) => chmodSync(join(dir, 'data.key'), 0o777), /can be written by others/)
    await refused(
      'another vault',
      (dir) => {
        const other = new DatabaseSync(join(dir, 'data', 'eaves.db'))
        other.exec(`UPDATE instance SET value = 'b' WHERE key = 'vault'`)
        other.close()
      },
      /belongs to another database/,
    )
  })

  test('a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const port = String((other.address() as { port: number }).port)
    try {
      const answer = await pattern.run(['serve'], { EAVES_PORT: port })
      assert.notEqual(answer.code, 0)
      assert.match(answer.stderr, new RegExp(`Port ${port} on 127.0.0.1 is taken`))
      assert.doesNotMatch(answer.stderr, /\n\s+at /)
    } finally {
      other.close()
    }
    assert.ok(readFileSync(join(pattern.dir, 'data', 'eaves.db')).length > 0)
  })
})
