import { mostTableLetters, mostTableRows } from '@eaves/model'
import type { HistoryImported, HistoryImportPreview } from '@eaves/model/api'
import { plural, t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { isProblem } from '../../data/api.ts'
import { useConnection } from '../../data/connection.ts'
import { readTable, useBringTable, useLookAtTable, type TableFile } from '../../data/history-import.ts'
import { idOf, type HistoryOf } from '../../data/history.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Part } from '../../ui/part.tsx'
import { LineSkeleton } from '../../ui/skeleton.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { TableFaults } from './bring-faults.tsx'
import { ageWords, exampleLine, headLine, tableFault, type TableKind } from './bring-words.ts'
import { formatOf } from './sentence.ts'
import { dateIn } from './span.ts'
import { formatLocale } from '../../words/formats.ts'

interface BringProps {
  readonly home: string
  readonly of: HistoryOf
  readonly kind: TableKind
  readonly zone: string
}
/** One file for one value: looked at, then brought in. */
export function BringTable(props: BringProps) {
  const { home, of, kind } = props
  const [file, setFile] = useState<TableFile>()
  const [refused, setRefused] = useState<'too-large' | 'not-text'>()
  const [resets, setResets] = useState(false)
  const [seen, setSeen] = useState<HistoryImportPreview>()
  const look = useLookAtTable(home, of)
  const take = useBringTable(home, of)
  const { live } = useConnection()
  const begin = (table: TableFile | 'too-large' | 'not-text' | undefined): void => {
    const isFile = typeof table === 'object'
    look.reset()
    take.reset()
    setResets(false)
    setSeen(undefined)
    setFile(isFile ? table : undefined)
    setRefused(isFile ? undefined : table)
    if (isFile) look.mutate({ csv: table.text, resets: false }, { onSuccess: setSeen })
  }
  const choose = async (files: FileList | null): Promise<void> => {
    const chosen = files?.[0]
    if (chosen) begin(await readTable(chosen))
  }
  const mayReset = (next: boolean): void => {
    setResets(next)
    take.reset()
    if (file) look.mutate({ csv: file.text, resets: next }, { onSuccess: setSeen })
  }
  const error = take.error ?? look.error
  const faults = isProblem(error, 'input.invalid') ? error.errors : []
  const ofLines = faults.filter(({ path }) => path.startsWith('line '))
  // Of a file, or of a value that is not kept any more since it was chosen.
  const whole = refused ?? (ofLines.length === 0 ? faults[0]?.code : undefined)
  const isBusy = look.isPending || take.isPending
  return (
    <>
      <VisuallyHidden>
        <span role="status">{toldOf(seen, take.data)}</span>
      </VisuallyHidden>
      {take.data && <Came {...props} came={take.data} onMore={() => begin(undefined)} />}
      {!take.data && (
        <Part id="file" title={t`The file`} lead={<Shape kind={kind} />}>
          <div className="flex flex-wrap items-center gap-3">
            <FileTrigger
              acceptedFileTypes={['.csv', 'text/csv', 'text/plain']}
              onSelect={(files) => void choose(files)}
            >
              <Button icon={Upload} isDisabled={!live || isBusy}>
                <Trans>Choose the file</Trans>
              </Button>
            </FileTrigger>
            {file && <bdi className="text-state font-normal wrap-anywhere">{file.name}</bdi>}
          </div>
          {whole !== undefined && (
            <div role="alert">
              <Banner tone="alert">{tableFault(whole, kind)}</Banner>
            </div>
          )}
          {ofLines.length > 0 && (
            <TableFaults kind={kind} faults={ofLines} faulty={ofLines.length} text={file?.text} />
          )}
          {faults.length === 0 && <Failure error={error} />}
        </Part>
      )}
      {look.isPending && !seen && <LineSkeleton />}
      {file && seen && !take.data && (
        <Seen
          {...props}
          seen={seen}
          text={file.text}
          resets={resets}
          isBusy={isBusy || !live}
          onResets={mayReset}
          onTake={() => take.mutate({ csv: file.text, resets })}
        />
      )}
    </>
  )
}

/** For those who hear the page: what it says of the file now. */
function toldOf(seen: HistoryImportPreview | undefined, came: HistoryImported | undefined): string {
  if (came) return plural(came.added, { one: '# value came in', other: '# values came in' })
  if (!seen || seen.faulty > 0) return ''
  return plural(seen.rows, { one: '# value was understood', other: '# values were understood' })
}

/** What the file has to look like, and how large it may be, before anybody chooses one. */
function Shape({ kind: { type, unit } }: { readonly kind: TableKind }) {
  const rows = new Intl.NumberFormat(formatLocale()).format(mostTableRows)
  const size = new Intl.NumberFormat(formatLocale(), { style: 'unit', unit: 'megabyte' }).format(
    mostTableLetters / 1_000_000,
  )
  return (
    <>
      <Trans>As “Save as CSV” writes it: this first line, then a line for each value.</Trans>
      <code dir="ltr" className="my-2 block rounded-control bg-surface-2 px-3 py-2 text-ink wrap-anywhere">
        {headLine(unit)}
        <br />
        {exampleLine(type)}
      </code>
      <Trans>
        At most {rows} lines and {size}.
      </Trans>
    </>
  )
}

interface SeenProps extends BringProps {
  readonly seen: HistoryImportPreview
  readonly text: string
  readonly resets: boolean
  readonly isBusy: boolean
  readonly onResets: (resets: boolean) => void
  readonly onTake: () => void
}
function Seen({ of, kind, zone, seen, text, resets, isBusy, onResets, onTake }: SeenProps) {
  const { rows, added, known, repeated, min, max, unit, kept, faulty, faults } = seen
  const format = formatOf(of, unit)
  const isBackwards = faults.some(({ code }) => code === 'counter-backwards')
  const age = ageWords(kept)
  return (
    <Part id="seen" title={t`What it would bring`}>
      {faulty > 0 && <TableFaults kind={kind} faults={faults} faulty={faulty} text={text} />}
      {rows > 0 && (
        <Facts
          rows={[
            [t`Understood`, plural(rows, { one: '# value', other: '# values' })],
            ...spanFacts(seen, zone),
            [t`Unit`, unit],
            [t`Lowest`, min === undefined ? undefined : format(min)],
            [t`Highest`, max === undefined ? undefined : format(max)],
            [t`New here`, faulty > 0 ? undefined : inDigits(added)],
            ...sparedFacts(known, repeated),
          ]}
        />
      )}
      {faulty === 0 && added === 0 && (
        <Banner>
          {rows === 0 ? (
            <Trans>There is no value in this file.</Trans>
          ) : (
            <Trans>All of it is here already.</Trans>
          )}
        </Banner>
      )}
      {(isBackwards || resets) && (
        <Checkbox selected={resets} onChange={onResets} disabled={isBusy}>
          <Trans>The meter was exchanged, or began anew</Trans>
        </Checkbox>
      )}
      {faulty === 0 && added > 0 && (
        <>
          <p className="text-state font-normal text-muted">
            {age !== undefined && <>{age} </>}
            <Trans>What is added cannot be taken out again by itself.</Trans>
          </p>
          <div>
            <Button variant="primary" isDisabled={isBusy} onPress={onTake}>
              <Plural value={added} one="Bring in # value" other="Bring in # values" />
            </Button>
          </div>
        </>
      )}
    </Part>
  )
}

function Came({
  home,
  of,
  zone,
  came,
  onMore,
}: BringProps & { readonly came: HistoryImported; readonly onMore: () => void }) {
  const { added, known, repeated, to } = came
  return (
    <Part id="came" title={t`What came in`}>
      <Facts
        rows={[
          [t`Added`, plural(added, { one: '# value', other: '# values' })],
          ...spanFacts(came, zone),
          ...sparedFacts(known, repeated),
        ]}
      />
      <div className="flex flex-wrap gap-3">
        {to !== undefined && (
          <LinkButton
            to={paths.history(home)}
            search={{ v: idOf(of), span: 'month', at: dateIn(zone, Date.parse(to)) }}
            variant="primary"
          >
            <Trans>Look at it</Trans>
          </LinkButton>
        )}
        <Button onPress={onMore}>
          <Trans>Bring in another file</Trans>
        </Button>
      </div>
    </Part>
  )
}

type Fact = readonly [name: string, value: string | undefined]
const inDigits = (count: number): string => new Intl.NumberFormat(formatLocale()).format(count)
const sparedFacts = (known: number, repeated: number): readonly Fact[] => [
  [t`Here already, stay as they are`, known === 0 ? undefined : inDigits(known)],
  [t`Written twice`, repeated === 0 ? undefined : inDigits(repeated)],
]
/** In the home's own time, as its history is. */
function spanFacts(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
): readonly Fact[] {
  const format = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const when = (instant: string | undefined): string | undefined =>
    instant === undefined ? undefined : format.format(Date.parse(instant))
  return [
    [t`Earliest`, when(from)],
    [t`Latest`, when(to)],
  ]
}
