// What the program does beyond the last published text: every large change that the next version must announce.
import { isDeepStrictEqual } from 'node:util'
import type { Change, MapFact, Promised } from '@eaves/policy'
import { page, tableOf } from './reference.ts'

const kinds: Readonly<Record<Change['kind'], string>> = {
  'purpose-added': 'a new purpose',
  'basis-changed': 'another legal basis',
  'choice-taken': 'no longer a choice',
  'information-added': 'a new kind of information',
  'use-added': 'a new use of known information',
  'made-mandatory': 'now needed',
  'kept-longer': 'kept longer, or until another event as well',
  'control-changed': 'somebody else is in charge',
  'recipient-added': 'a new recipient',
  'right-removed': 'a right that ends',
  'right-changed': 'a right that is harder to use',
  'contact-changed': 'somebody else to ask',
  'high-risk': 'a high risk was found',
}

/** docs/reference/next-version.md: fresh or the check fails, so no change of the data map goes unseen. // pp.7.3 */
export function nextVersionPage(version: string, changes: readonly Change[], now: Promised): string {
  const rows = changes.map(({ clause, kind, what }) => [`\`${clause}\``, kinds[kind], what])
  const uses = Object.values(now.uses).flatMap((byPurpose) => Object.keys(byPurpose)).length
  const intro = `Measured against version ${version} of the privacy statement, whose promises are frozen in \`policy/src/versions/${version}.json\`. The class of each change is computed by \`policy/src/versions/classify.ts\` and can be raised, never lowered. The program now has ${Object.keys(now.purposes).length} purposes, ${uses} uses of ${Object.keys(now.uses).length} kinds of information, and ${Object.keys(now.rights).length} rights.`
  return page('What the next version must announce', [
    intro,
    '',
    ...(rows.length === 0
      ? ['Nothing: the program does what the published text says.']
      : tableOf(['Clause', 'Change', 'What'], rows)),
  ])
}

/** What is kept of a version in `policy/src/versions/`: what it promises, and the facts that its table is made from. */
export function versionFiles(
  version: string,
  promised: Promised,
  facts: readonly MapFact[],
): readonly { readonly path: string; readonly text: string }[] {
  const lines = [...new Set(facts.map((fact) => JSON.stringify(fact)))].toSorted()
  return [
    { path: `policy/src/versions/${version}.json`, text: `${JSON.stringify(promised, undefined, 2)}\n` },
    {
      path: `policy/src/versions/${version}.facts.json`,
      text: `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`,
    },
  ]
}

/**
 * What a published version promised is frozen in these files, and so are the facts its tables are made from: a program from
 * which other ones follow shows another text under the same name. // fm.date pp.0
 */
export function thawed(files: ReturnType<typeof versionFiles>, read: (path: string) => string): string[] {
  return files
    .filter(({ path, text }) => !isDeepStrictEqual(JSON.parse(read(path)), JSON.parse(text)))
    .map(
      ({ path }) =>
        `${path}: frozen with its version, and the program makes another. Write a new version, or take the change back.`,
    )
}
