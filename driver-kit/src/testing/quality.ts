import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isManifest, manifestOf } from '../wire.ts'

export const qualityLevels = ['bronze', 'silver', 'gold'] as const
export type QualityLevel = (typeof qualityLevels)[number]

/** A driver's ledger, `quality.json` in its folder. */
export interface Ledger {
  /** Modules that open sockets, each with its reason: the same as in the manifest. */
  readonly sockets: Readonly<Record<string, string>>
  /** For rules that a person judges: a file of the repository that shows it. */
  readonly evidence: Readonly<Record<string, string>>
  /** Rules that do not apply, each with its reason. */
  readonly exempt: Readonly<Record<string, string>>
}
/** What the rules look at. */
export interface DriverFolder {
  readonly folder: string
  readonly manifest: unknown
  readonly ledger: Ledger
  readonly readme: string
  /** Shipped sources, joined; and tests, joined. */
  readonly source: string
  readonly tests: string
}
export interface QualityRule {
  readonly id: string
  readonly level: QualityLevel
  readonly title: string
  /** What is wrong, undefined when nothing is. Absent: a person judges, and the ledger names the evidence. */
  readonly check?: (driver: DriverFolder) => string | undefined
}

export const readmeHeadings = ['Devices', 'Setup', 'What leaves the house', 'Limits'] as const

const unless = (isMet: boolean, text: string): string | undefined => (isMet ? undefined : text)
const nameOf = (folder: string): string => folder.split(/[/\\]/).at(-1) ?? folder

/** Every rule that a level stands for; a level includes those below it. */
export const qualityRules: readonly QualityRule[] = [
  {
    id: 'manifest',
    level: 'bronze',
    title: 'The manifest is complete and named like its folder',
    check: ({ manifest, folder }) =>
      isManifest(manifest)
        ? unless(manifest.id === nameOf(folder), `the manifest's id is ${manifest.id}`)
        : 'the manifest is not complete',
  },
  {
    id: 'readme',
    level: 'bronze',
    title: 'The README says which devices, how to set up, what leaves the house, and the limits',
    check: ({ readme }) => {
      const missing = readmeHeadings.filter((heading) => sectionOf(readme, heading) === '')
      return unless(missing.length === 0, `the README has no text under ${missing.join(', ')}`)
    },
  },
  {
    id: 'conformance',
    level: 'bronze',
    title: 'A test runs the conformance suite',
    check: ({ tests }) => unless(/\bdriverConformance\(/.test(tests), 'no test calls driverConformance'),
  },
  {
    id: 'sockets',
    level: 'bronze',
    title: 'Manifest and ledger declare the same sockets, each with a reason',
    check: ({ manifest, ledger }) => {
      if (!isManifest(manifest)) return 'the manifest is not complete'
      const declared = manifestOf(manifest).sockets.map((socket) => socket.module)
      const listed = Object.keys(ledger.sockets)
      const apart = [...declared, ...listed].filter(
        (module) => !declared.includes(module) || !listed.includes(module),
      )
      return unless(apart.length === 0, `${[...new Set(apart)].join(', ')} stands in one of the two only`)
    },
  },
  {
    id: 'local-words',
    level: 'bronze',
    title: 'Nothing is printed: what a driver says goes through its context',
    check: ({ source }) => unless(!/\bconsole\.\w+\(/.test(source), 'a source prints to the console'),
  },
  {
    id: 'recovers',
    level: 'silver',
    title: 'It loses its other side, says so once and recovers alone, in the conformance suite',
    check: ({ tests }) => unless(!/\bisAlone: true\b/.test(tests), 'the suite runs with isAlone'),
  },
  {
    id: 'fuzzed',
    level: 'silver',
    title: 'Random input from the other side is part of the tests',
    check: ({ tests }) => unless(/from 'fast-check'/.test(tests), 'no test uses fast-check'),
  },
  {
    id: 'nothing-lost',
    level: 'silver',
    title: 'What no capability covers becomes a vendor attribute, and a test shows it',
  },
  { id: 'guide', level: 'silver', title: 'The guide has a page for the people who use it' },
  {
    id: 'independent-peer',
    level: 'gold',
    title: 'It is tested against a peer that somebody else wrote',
  },
  { id: 'measured', level: 'gold', title: 'Its cost per message is measured and has a limit' },
  { id: 'coverage', level: 'gold', title: 'How much of its ecosystem it covers is measured and published' },
  {
    id: 'hostile',
    level: 'gold',
    title: 'A test plays a hostile device and shows that others are not harmed',
  },
]

function sectionOf(readme: string, heading: string): string {
  const lines = readme.split('\n')
  const start = lines.indexOf(`## ${heading}`)
  if (start < 0) return ''
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => line.startsWith('## '))
  return rest
    .slice(0, end < 0 ? undefined : end)
    .join('')
    .trim()
}

export interface Finding {
  readonly rule: QualityRule
  readonly state: 'kept' | 'exempt' | 'missing'
  /** The evidence, the reason of an exemption, or what is missing. */
  readonly note?: string
}

/** Holds one driver against every rule. `root` is the repository, where evidence is looked for. */
export function judge(driver: DriverFolder, root: string): Finding[] {
  return qualityRules.map((rule): Finding => {
    const exempt = Object.hasOwn(driver.ledger.exempt, rule.id) ? driver.ledger.exempt[rule.id] : undefined
    if (exempt !== undefined && exempt.length > 10) return { rule, state: 'exempt', note: exempt }
    if (rule.check) {
      const wrong = rule.check(driver)
      return wrong === undefined ? { rule, state: 'kept' } : { rule, state: 'missing', note: wrong }
    }
    const evidence = Object.hasOwn(driver.ledger.evidence, rule.id)
      ? driver.ledger.evidence[rule.id]
      : undefined
    if (evidence === undefined) return { rule, state: 'missing', note: 'the ledger names no evidence' }
    return existsSync(join(root, evidence))
      ? { rule, state: 'kept', note: evidence }
      : { rule, state: 'missing', note: `${evidence} does not exist` }
  })
}

/** The highest level whose rules are all kept or exempt; undefined when not even bronze is. */
export function levelOf(findings: readonly Finding[]): QualityLevel | undefined {
  let level: QualityLevel | undefined
  for (const each of qualityLevels) {
    if (findings.some(({ rule, state }) => rule.level === each && state === 'missing')) break
    level = each
  }
  return level
}

/** Reads a driver's folder; its manifest comes from importing its `driver.ts`. */
export async function readDriverFolder(folder: string): Promise<DriverFolder> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const text = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  const joined = (wanted: (path: string) => boolean): string => files.filter(wanted).map(text).join('\n')
  const isTest = (path: string): boolean => path.endsWith('.test.ts')
  return {
    folder,
    manifest: ((await import(join(folder, 'driver.ts'))) as { readonly default?: unknown }).default,
    ledger: ledgerOf(text(join(folder, 'quality.json'))),
    readme: text(join(folder, 'README.md')),
    source: joined((path) => path.endsWith('.ts') && !isTest(path) && !/[/\\]testing[/\\]/.test(path)),
    tests: joined(isTest),
  }
}

function ledgerOf(text: string): Ledger {
  const raw = (text === '' ? {} : JSON.parse(text)) as Partial<Ledger>
  return { sockets: raw.sockets ?? {}, evidence: raw.evidence ?? {}, exempt: raw.exempt ?? {} }
}
