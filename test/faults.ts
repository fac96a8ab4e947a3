// The acceptance tests P1 to P11, which files are their reduced and whole forms, and faults that each of them must find.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { root } from './server.ts'

export interface Fault {
  /** Which acceptance test it is put into. */
  readonly of: string
  /** What somebody in a hurry did. */
  readonly what: string
  /** The test that must fail, and its file. */
  readonly test: string
  readonly name: string
  /** The source that is altered, the passage, and what stands there instead. */
  readonly file: string
  readonly from: string
  readonly to: string
  /** Too long for the short run. */
  readonly isLong?: true
}

const erasure = {
  of: 'P1',
  test: 'test/rights-erasure.test.ts',
  file: 'server/src/rights/erasure.ts',
} as const
const backups = { of: 'P1', test: 'server/src/backup/backup.test.ts' } as const
const residue = {
  of: 'P1',
  test: 'test/residue-erasure.test.ts',
  name: 'of somebody who lived with everything',
  isLong: true,
} as const
const lazy = { of: 'P2', test: 'test/lazy-developer.test.ts' } as const
const release = {
  of: 'P3',
  test: 'server/src/privacy/release.test.ts',
  file: 'server/src/privacy/release.ts',
} as const
const race = 'hundreds of reports wait'
const sharing = {
  of: 'P5',
  test: 'server/src/privacy/sharing.test.ts',
  name: 'what leaves is the closed schema',
} as const
const drift = {
  of: 'P6',
  test: 'policy/src/versions/classify.test.ts',
  file: 'policy/src/versions/classify.ts',
  name: 'each kind of large change',
} as const
const silence = { of: 'P7', test: 'test/silence.test.ts' } as const
const clock = { of: 'P8', test: 'test/rights-clock.test.ts' } as const
const copy = { of: 'P9', test: 'test/rights-copy.test.ts' } as const
const retention = { of: 'P11', test: 'server/src/privacy/retention.test.ts' } as const

/** The first of each acceptance test is in the short run. */
export const faults: readonly Fault[] = [
  {
    ...erasure,
    what: 'a table is skipped',
    name: 'after an erasure no row names the person',
    file: 'server/src/rights/places.ts',
    from: "entry.path.to === 'subject' ?",
    to: "entry.path.to === 'subject' && table !== 'search_log' ?",
  },
  {
    ...erasure,
    what: 'the flag that a reader is busy is ignored',
    name: 'while a reader holds an old copy',
    from: 'if (!(await stores.erase.checkpoint())) throw new',
    to: 'if (!(await stores.erase.checkpoint()) && false) throw new',
  },
  {
    ...erasure,
    what: 'the key stays',
    name: 'of the erased no byte is left',
    from: 'await stores.vault.destroyKey({ subject })',
    to: 'await Promise.resolve()',
  },
  {
    ...erasure,
    what: 'it is said to be complete before it is looked at',
    name: 'the certificate says the honest day',
    from: 'const places = await verified(deps, subject, homes)',
    to: 'const places: Awaited<ReturnType<typeof verified>> = []',
  },
  {
    ...backups,
    what: 'a restore does not carry erasures out again',
    name: 'whoever was erased does not come back',
    file: 'server/src/backup/restore.ts',
    from: 'await vault.tombstones.replay(log)',
    to: 'await Promise.resolve(log)',
  },
  {
    ...residue,
    what: 'an erasure that was cut short is not noted beside the backups',
    file: 'server/src/backup/backup.ts',
    from: 'if (folders !== undefined && (await this.#kit()) !== undefined) await this.#tending.noteErased()',
    to: '',
  },
  {
    ...residue,
    what: 'a restore leaves who did something in the homes of others',
    file: 'server/src/backup/replay.ts',
    from: 'removed += await removeRows(expiry, id)',
    to: '',
  },
  {
    ...lazy,
    what: 'queries are not held to the list',
    name: 'a query parameter that holds an address',
    file: 'server/src/http/query-parameters.ts',
    from: 'return Object.keys(shape).filter(',
    to: 'return Object.keys(shape).slice(99).filter(',
  },
  {
    ...lazy,
    what: 'views and indexes of words are overlooked',
    name: 'a view',
    file: 'server/src/store/dump.ts',
    from: "type IN ('table', 'view')",
    to: "type IN ('table')",
  },
  {
    ...lazy,
    what: 'an unknown leaf is let through',
    name: 'a key inside a sealed JSON',
    file: 'server/src/store/leaves.ts',
    from: 'if (!next) throw new',
    to: 'if (!next) return\n    if (!next) throw new',
  },
  {
    ...lazy,
    what: 'log fields that nobody has classified are written',
    name: 'a log field',
    file: 'server/src/log.ts',
    from: 'Object.hasOwn(logFields, key) && value',
    to: 'value',
  },
  {
    ...lazy,
    what: 'tables may be made anywhere',
    name: 'tables, views and indexes of words',
    file: 'scripts/boundary-rules.ts',
    from: 'from: /^server\\/src\\/(?!store\\/(migrations\\/|dump\\.ts$))/',
    to: 'from: /^nowhere/',
  },
  {
    ...lazy,
    what: 'names in the browser are not compared',
    name: 'a key of the browser’s storage',
    file: 'scripts/check-app.ts',
    from: 'stored.some((each) => each.store === store && each.name === name)',
    to: 'stored.length > 0',
  },
  {
    ...release,
    what: 'a no does not wait for what is on its way',
    name: race,
    file: 'server/src/privacy/sharing.ts',
    from: '? write() : sending.hold(subject, write)',
    to: '? write() : write()',
  },
  {
    ...release,
    what: 'what was sent is written down as failed',
    name: race,
    file: 'server/src/privacy/deliver.ts',
    from: "? 'sent' : 'refused'",
    to: "? 'failed' : 'refused'",
  },
  {
    ...release,
    what: 'a sending that is cut off is told as if nothing had left',
    name: 'a no does not wait for a manufacturer',
    file: 'server/src/privacy/deliver.ts',
    from: "leftNothing(error) ? 'failed' : 'unknown'",
    to: "'failed'",
  },
  {
    ...sharing,
    what: 'two makers get the same number for a person',
    file: 'server/src/privacy/deliver.ts',
    from: '`pairwise:${recipient}`',
    to: "'pairwise'",
  },
  {
    ...sharing,
    what: 'a model that is a sentence goes out as it is',
    file: 'policy/src/sharing.ts',
    from: "has('devices.model') && says(modelText, device.model)",
    to: "has('devices.model')",
  },
  {
    of: 'P5',
    test: 'test/collusion.test.ts',
    what: 'a number is made of the person alone',
    name: 'two makers that put together',
    file: 'server/src/privacy/deliver.ts',
    from: ".update(JSON.stringify(['pairwise', subject]))\n    .digest('hex')\n    .slice(0, 32)",
    to: ".update('pairwise')\n    .digest('hex')\n    .slice(0, 6) + subject.slice(0, 26)",
  },
  {
    ...drift,
    what: 'another contact counts as a small change',
    from: "...differences(before.contacts, after.contacts, 'pp.7.4.5', 'contact-changed'),",
    to: '',
  },
  {
    ...drift,
    what: 'a right may go unseen',
    from: '...rightChanges(before, after),',
    to: '',
  },
  {
    ...silence,
    what: 'the agreement is not asked for',
    name: 'somebody signed in without the agreement',
    file: 'server/src/http/guard.ts',
    from: 'if (!withoutAgreement && !(await deps.agreementOpens(identity.subject, route)))',
    to: 'if (!withoutAgreement && !(await deps.agreementOpens(identity.subject, route)) && false)',
  },
  {
    ...silence,
    of: 'P7',
    test: 'test/authorisation.test.ts',
    what: 'a server that nobody has claimed answers',
    name: 'only the closed list answers',
    file: 'server/src/http/guard.ts',
    from: 'if (!deps.claimed() && !',
    to: 'if (!deps.claimed() && false && !',
  },
  {
    ...clock,
    what: 'a number that was changed yesterday proves who one is',
    name: 'after a change of the phone number',
    file: 'server/src/rights/requests.ts',
    from: 'const isPaused = takesProof.has(kind) && provenAt > now',
    to: 'const isPaused = takesProof.has(kind) && provenAt > now + 9e15',
  },
  {
    ...clock,
    what: 'somebody whose request takes longer is not told',
    name: 'a request that cannot be carried out',
    file: 'server/src/rights/engine.ts',
    from: 'if (extended !== undefined)\n    people.tell',
    to: 'if (extended !== undefined && mark === 0)\n    people.tell',
  },
  {
    ...copy,
    what: 'what is said of others is in the copy',
    name: 'the copy holds all that is held',
    file: 'server/src/rights/belongings.ts',
    from: 'return !isAboutMember || row.subject === subject',
    to: 'return true',
  },
  {
    ...copy,
    what: 'a link is good again and again',
    name: 'a link is good once',
    file: 'server/src/rights/store.ts',
    from: '.set({ link_hash: null, link_until: null })\n    .where',
    to: '.set({ link_until: nowMs + 1e9 })\n    .where',
  },
  {
    ...retention,
    what: 'a table is skipped',
    name: 'each row disappears on its own day',
    file: 'server/src/privacy/retention.ts',
    from: 'removed += await this.#runner.apply(rule, now, true)',
    to: "removed += rule.table === 'search_log' ? 0 : await this.#runner.apply(rule, now, true)",
  },
  {
    ...retention,
    what: 'whole addresses stay beside their short form',
    name: 'each row disappears on its own day',
    file: 'server/src/privacy/retention-runner.ts',
    from: '? expiry.clearBefore(place, at, beforeMs, column)',
    to: '? Promise.resolve(0)',
  },
]

export interface Ended {
  readonly code: number | null
  /** Whether the altered source was loaded, in the process of the test or in a server that it started. */
  readonly isIn: boolean
  readonly said: string
}
/** Runs one test of a file by itself, with the fault in its source. */
export async function runWith({ test, name, file, from, to }: Fault): Promise<Ended> {
  const {
    EAVES_TEST_POSTGRES_URL: _one,
    EAVES_TEST_PROMISES: _two,
    NODE_TEST_CONTEXT: _three,
    ...env
  } = process.env
  const hook = pathToFileURL(join(root, 'test/fault-hook.ts')).href
  const folder = mkdtempSync(join(tmpdir(), 'eaves-fault-'))
  const seen = join(folder, 'seen')
  try {
    const child = spawn(
      process.execPath,
      ['--import', hook, '--test-reporter=tap', `--test-name-pattern=${name}`, join(root, test)],
      {
        cwd: root,
        env: { ...env, EAVES_TEST_FAULT: JSON.stringify({ file, from, to }), EAVES_TEST_FAULT_SEEN: seen },
      },
    )
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, said, isIn: existsSync(seen) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a server that a test starts needs, to be altered as well. */
export function faultEnv(): {
  readonly imports: readonly string[]
  readonly env: Readonly<Record<string, string>>
} {
  const { EAVES_TEST_FAULT: fault, EAVES_TEST_FAULT_SEEN: seen } = process.env
  if (fault === undefined || seen === undefined) return { imports: [], env: {} }
  return {
    imports: [pathToFileURL(join(root, 'test/fault-hook.ts')).href],
    env: { EAVES_TEST_FAULT: fault, EAVES_TEST_FAULT_SEEN: seen },
  }
}

/** Why a run does not show that the test finds the fault; undefined when it does. */
export function unseen({ name }: Fault, { code, isIn, said }: Ended): string | undefined {
  if (!isIn) return 'the altered source was not loaded'
  const failed = said.split('\n').filter((line) => /^\s*not ok /.test(line) && line.includes(name))
  if (failed.length === 0 || code === 0) return `the test passes: ${said.slice(-1_500)}`
  // A fault that does not even run shows nothing about the test.
  const broken = /SyntaxError|ReferenceError|TypeError|ERR_MODULE/.exec(said)?.[0]
  return broken === undefined ? undefined : `the fault breaks the program: ${broken}`
}
