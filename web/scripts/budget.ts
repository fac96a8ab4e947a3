// Fails when what the first page loads outgrows its budget. Run after a build; figures are gzip sizes in kB (1 kB = 1000 bytes).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}
const dist = join(import.meta.dirname, '..', 'dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Readonly<
  Record<string, Chunk>
>
const size = (file: string): number => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000

function withImports(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  chunk.imports?.forEach((next) => withImports(next, seen))
  return seen
}
const sum = (keys: Iterable<string>): number =>
  [...keys].reduce((total, key) => total + size(manifest[key]!.file), 0)

const entry = Object.keys(manifest).find((key) => key === 'index.html')
if (entry === undefined) throw new Error('The build has no entry; run the build first.')
/** What a first visit to a home runs: the entry, the start screen, the frame with the home screen in it, and one language. */
const first = new Set(
  ['src/screens/start/screen.tsx', 'src/shell/signed-in.ts', 'src/locales/zh-Hans/first.po'].reduce(
    (seen, key) => withImports(key, seen),
    withImports(entry),
  ),
)
/** What somebody loads who opens the sign-in page and nothing else. */
const signIn = ['src/screens/sign-in/screen.tsx', 'src/locales/zh-Hans/first.po'].reduce(
  (seen, key) => withImports(key, seen),
  withImports(entry),
)
const assets = readdirSync(join(dist, 'assets'))
const colour = Object.keys(manifest).find((key) => manifest[key]!.src === 'src/ui/color-wheel.tsx')
/** Screens, and the lists that some of them hold. */
const lazy = Object.keys(manifest).filter((key) =>
  /^src\/(?:screens\/[^/]+\/(?:screen|layer)|ui\/[a-z-]*select-list)\.tsx$/.test(manifest[key]?.src ?? ''),
)
const beyondFirst = (key: string): number => sum([...withImports(key)].filter((part) => !first.has(part)))

/** What an installed app fetches beforehand; the list stands in the worker. */
const listed = /"files":(\[[^\]]+\])/.exec(readFileSync(join(dist, 'worker.js'), 'utf8'))?.[1]
if (listed === undefined) throw new Error('The worker has no list of files.')
const kept = (JSON.parse(listed) as string[]).map((file) => (file === '/' ? 'index.html' : file.slice(1)))

const budgets: readonly (readonly [string, number, number])[] = [
  ['first route, script', sum(first), 170],
  ['sign-in page, script and words', sum(signIn), 150],
  [
    'style',
    assets
      .filter((file) => file.endsWith('.css'))
      .reduce((total, file) => total + size(join('assets', file)), 0),
    12,
  ],
  // The words of every later screen in both languages are a third of it.
  ['kept for offline', kept.reduce((total, file) => total + size(file), 0), 470],
  ['worker', size('worker.js'), 4],
  ...(colour === undefined ? [] : [['colour controls', beyondFirst(colour), 80] as const]),
  ...lazy.map(
    (key) =>
      [
        key.replace('src/', '').replace('.tsx', ''),
        beyondFirst(key),
        key.includes('/ui/') ? 70 : 60,
      ] as const,
  ),
]
for (const [name, kB, limit] of budgets)
  process.stdout.write(
    `${kB <= limit ? 'ok  ' : 'OVER'} ${kB.toFixed(1).padStart(6)} of ${String(limit).padStart(3)} kB  ${name}\n`,
  )
if (budgets.some(([, kB, limit]) => kB > limit)) process.exitCode = 1
