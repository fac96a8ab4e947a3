// One whole run: a life, its erasure, and the search for what is left of it.
import { askAround, liveOn, restoreOld } from './residue-after.ts'
import { encodingsOf, type Needle } from './residue-finder.ts'
import { nothingTold, placesOf, search, soughtIn, type Searched, type Told } from './residue-places.ts'
import type { Running } from './server.ts'
import { askForErasure, erase, live, type Wish, type World } from './residue-world.ts'

/** Hours after the beginning: the erasure has ended by the first; by the second no backup holds the key any more. */
const [afterErasure, afterBackups] = [7 * 24 + 123, 18 * 24]

export interface Run {
  readonly world: World
  /** The house as it runs weeks later. */
  readonly server: Running
  readonly told: Told
  /** What was found while the person lived: a place in which something was then is one where the search can find it. */
  readonly before: readonly Searched[]
  readonly searched: readonly Searched[]
  readonly needles: readonly Needle[]
  readonly certificate: string
  readonly backUp: () => Promise<void>
  /** Searches again, as after a change to one of the places. */
  readonly again: () => Promise<readonly Searched[]>
}

export async function runResidue(
  wish: Wish & { readonly dieBefore: string },
  say: (line: string) => void,
): Promise<Run> {
  const world = await live(wish, say)
  try {
    const running = await askForErasure(world)
    const needles = soughtIn(world)
    const before = search(await placesOf(world, nothingTold()), needles)
    await running.kill()
    say('a week later: a report was sent, a copy made, a second backup; erasure is asked for')
    const certificate = await erase(world, wish.dieBefore)
    say(`erased: killed before "${wish.dieBefore}", held up by three readers, then finished and signed`)
    const restored = await restoreOld(world, afterErasure)
    const seen = await liveOn(world, afterErasure, restored)
    say('the week-old backup is restored with every key that still lives')
    const server = await world.start(afterBackups)
    const told = await askAround(world, server)
    await world.backUp(afterBackups)
    for (const [path, text] of seen) told['answers to those who lived with her'].set(path, text)
    const again = async () => search(await placesOf(world, told, restored), needles)
    const backUp = () => world.backUp(afterBackups)
    return { world, server, told, before, searched: await again(), needles, certificate, backUp, again }
  } catch (error) {
    await world.dispose()
    throw error
  }
}

/** What was searched, for a person to read. */
export function tableOf({
  searched,
  before,
  needles,
}: Pick<Run, 'searched' | 'before' | 'needles'>): string[] {
  const encodings = encodingsOf(needles)
  const words = new Set(needles.map(({ what }) => what)).size
  const earlier = new Map(before.map(({ place, hits }) => [place, hits.length]))
  const total = searched.reduce((sum, { bytes }) => sum + bytes, 0)
  return [
    `Searched for ${words} values in ${encodings.length} forms (${needles.length} needles):`,
    `  ${encodings.join(', ')}; each also inside gzip, zlib and ZIP streams`,
    `  ${'place'.padEnd(38)}${'files'.padStart(7)}${'bytes'.padStart(14)}${'before'.padStart(9)}${'now'.padStart(6)}`,
    ...searched.map(
      ({ place, files, bytes, hits }) =>
        `  ${place.padEnd(38)}${String(files).padStart(7)}${bytes.toLocaleString('en').padStart(14)}${String(earlier.get(place) ?? 0).padStart(9)}${String(hits.length).padStart(6)}`,
    ),
    `  ${total.toLocaleString('en')} bytes in all. "before": how often the search found her while she lived there.`,
  ]
}
