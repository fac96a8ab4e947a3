import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  judge,
  levelOf,
  qualityLevels,
  readDriverFolder,
  type Finding,
  type QualityLevel,
} from '@eaves/driver-kit/quality'
import { StartError } from './start-error.ts'

export const driverHelp = `new NAME (a driver that works, to begin from) | list (every driver with its level) | check NAME (which rules it keeps) [--json]`

const root = join(import.meta.dirname, '..', '..')
const namePattern = /^[a-z][a-z0-9-]{1,38}$/
const example = { id: 'line-lamp', words: 'Line lamp', lower: 'line lamp' }

/** Where drivers are, and where answers go. */
export interface Ground {
  readonly drivers: string
  readonly say: (text: string) => void
}
const house: Ground = {
  drivers: join(root, 'drivers'),
  say: (text) => void process.stdout.write(`${text}\n`),
}

/** The command line for authors of drivers. */
export async function driver(args: readonly string[], ground: Ground = house): Promise<number> {
  const isJson = args.includes('--json')
  const [act, name, ...more] = args.filter((arg) => arg !== '--json')
  if (more.length > 0)
    throw new StartError(`"${more[0]}" is one word too many. Use: eaves driver ${driverHelp}`)
  if (act === 'new' && name !== undefined) return create(ground, name, isJson)
  if (act === 'list' && name === undefined) return list(ground, isJson)
  if (act === 'check' && name !== undefined) return check(ground, name, isJson)
  throw new StartError(`Use: eaves driver ${driverHelp}`)
}

const namesOf = ({ drivers }: Ground): string[] =>
  readdirSync(drivers)
    .filter((name) => existsSync(join(drivers, name, 'driver.ts')))
    .sort()

/** Copies the example under its new name; nothing of it is left when that fails midway. */
function create({ drivers, say }: Ground, name: string, isJson: boolean): number {
  if (!namePattern.test(name))
    throw new StartError(
      `"${name}" cannot be a driver's name: small letters, digits and hyphens, beginning with a letter, 2 to 39 of them.`,
    )
  const place = join(drivers, name)
  if (existsSync(place)) throw new StartError(`drivers/${name} is there already. Choose another name.`)
  const made = join(drivers, `.${name}.new`)
  rmSync(made, { recursive: true, force: true })
  try {
    cpSync(join(root, 'driver-kit', 'template'), made, { recursive: true })
    for (const file of readdirSync(made, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    )) {
      const path = join(file.parentPath, file.name)
      writeFileSync(path, renamed(readFileSync(path, 'utf8'), name))
    }
    renameSync(made, place)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  if (isJson) say(JSON.stringify({ driver: name, folder: `drivers/${name}` }))
  else
    say(`drivers/${name} is made: a driver that works, for a lamp that speaks lines of JSON over TCP.

  npm install --ignore-scripts       makes the new workspace known
  npm test -- drivers/${name}        runs the promises that every driver keeps
  npm run eaves -- driver check ${name}

Then write your device's own words into map.ts and line.ts. The guide: docs/guide/drivers.md`)
  return 0
}

function renamed(text: string, name: string): string {
  const words = name.replaceAll('-', ' ')
  return text
    .replaceAll(example.id, name)
    .replaceAll(example.words, words.charAt(0).toUpperCase() + words.slice(1))
    .replaceAll(example.lower, words)
}

async function findingsOf(
  ground: Ground,
  name: string,
): Promise<{ readonly claimed: QualityLevel; readonly findings: Finding[] }> {
  const folder = await readDriverFolder(join(ground.drivers, name))
  const { quality } = folder.manifest as { readonly quality: QualityLevel }
  return { claimed: quality, findings: judge(folder, root) }
}

async function list(ground: Ground, isJson: boolean): Promise<number> {
  const rows = await Promise.all(
    namesOf(ground).map(async (name) => {
      const { claimed, findings } = await findingsOf(ground, name)
      return { driver: name, claimed, kept: levelOf(findings) ?? null }
    }),
  )
  const { say } = ground
  if (isJson) say(JSON.stringify(rows))
  else
    for (const { driver: name, claimed, kept } of rows)
      say(`${name}: ${claimed}, keeps ${kept ?? 'no level'}`)
  return 0
}

/** Ends with 1 when the driver claims more than it keeps. */
async function check(ground: Ground, name: string, isJson: boolean): Promise<number> {
  if (!namesOf(ground).includes(name))
    throw new StartError(`There is no driver "${name}". There are: ${namesOf(ground).join(', ')}.`)
  const { claimed, findings } = await findingsOf(ground, name)
  const kept = levelOf(findings)
  const { say } = ground
  if (isJson)
    say(
      JSON.stringify({
        driver: name,
        claimed,
        kept: kept ?? null,
        rules: findings.map(({ rule, state, note }) => ({
          id: rule.id,
          level: rule.level,
          state,
          note: note ?? null,
        })),
      }),
    )
  else {
    say(`${name} claims ${claimed} and keeps ${kept ?? 'no level'}.`)
    for (const { rule, state, note } of findings)
      say(`  ${rule.level.padEnd(7)}${state.padEnd(8)}${rule.title}${note === undefined ? '' : ` (${note})`}`)
  }
  return qualityLevels.indexOf(claimed) <= (kept === undefined ? -1 : qualityLevels.indexOf(kept)) ? 0 : 1
}
