import type { OperatingRole } from '@eaves/model'
import { compareVersions } from '@eaves/policy'
import { instanceValue, keepInstanceValue } from '../store/instance.ts'
import type { Db, Facts } from '../store/stores.ts'
import { sha256, type TextVersion } from './catalogue.ts'
import type { Operator } from './operator.ts'

/** Who was in charge and whom to ask under a version, by the hash of what operator.json said. */
interface Edition {
  readonly version: string
  readonly control: string
  readonly contacts: string
}
const key = 'policy-editions'

/**
 * The versions as they stand on this server. In hosted, another controller or contact in operator.json makes an edition of
 * the same text (2.0.1), so that it is announced like any other large change and binds nobody before. // pp.7.4.2 pp.7.4.5
 */
export async function withEditions(
  facts: Db<Facts>,
  { role, operator }: { readonly role: OperatingRole; readonly operator: Operator | undefined },
  versions: readonly TextVersion[],
): Promise<readonly TextVersion[]> {
  if (role !== 'hosted' || operator === undefined) return versions
  const kept = JSON.parse((await instanceValue(facts, key)) ?? '[]') as readonly Edition[]
  const editions = continued(kept, operator, versions.at(-1)!.version)
  if (editions.length > kept.length) await keepInstanceValue(facts, key, JSON.stringify(editions))
  const own = editions.filter(({ version }) => versions.every((each) => each.version !== version))
  const all = [...versions, ...own.map((edition) => asEdition(versions, edition.version))]
  return all
    .toSorted((a, b) => compareVersions(a.version, b.version))
    .map((each) => promisedUnder(each, editions))
}

function continued(kept: readonly Edition[], operator: Operator, version: string): readonly Edition[] {
  const { controller, ...contacts } = operator
  const named = { control: sha256(JSON.stringify(controller)), contacts: sha256(JSON.stringify(contacts)) }
  const last = kept.at(-1)
  if (last === undefined || compareVersions(version, last.version) > 0)
    return [...kept, { version, ...named }]
  if (last.control === named.control && last.contacts === named.contacts) return kept
  return [...kept, { version: nextAfter(last.version), ...named }]
}

/** 2.0 → 2.0.1 → 2.0.2 */
function nextAfter(version: string): string {
  const [major, minor, edition] = version.split('.')
  return `${major}.${minor}.${Number(edition ?? 0) + 1}`
}

/** The texts of the version that it is an edition of. */
function asEdition(versions: readonly TextVersion[], version: string): TextVersion {
  const base = versions.findLast((each) => compareVersions(each.version, version) < 0) ?? versions[0]!
  return { ...base, version, texts: base.texts.map((text) => ({ ...text, version })) }
}

function promisedUnder(version: TextVersion, editions: readonly Edition[]): TextVersion {
  const edition =
    editions.findLast((each) => compareVersions(each.version, version.version) <= 0) ?? editions[0]
  if (edition === undefined) return version
  const { promised } = version
  return {
    ...version,
    promised: {
      ...promised,
      control: { ...promised.control, hosted: edition.control },
      contacts: { ...promised.contacts, hosted: edition.contacts },
    },
  }
}
