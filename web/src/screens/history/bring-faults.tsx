import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Banner } from '../../ui/banner.tsx'
import { tableFault, type TableKind } from './bring-words.ts'

const mostLetters = 80

/** What keeps a table from being taken, each with its line as it stands in the file. */
export function TableFaults({
  kind,
  faults,
  faulty,
  text,
}: {
  readonly kind: TableKind
  readonly faults: readonly { readonly path: string; readonly code: string }[]
  readonly faulty: number
  readonly text: string | undefined
}) {
  const lines = useMemo(() => text?.split(/\r\n|\n|\r/) ?? [], [text])
  const shown = faults.length
  return (
    <div role="alert" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Banner tone="alert">
        <Plural
          value={faulty}
          one="# line cannot be taken, so nothing of this file is. Mend it and choose the file again."
          other="# lines cannot be taken, so nothing of this file is. Mend them and choose the file again."
        />
      </Banner>
      <ul className="grid gap-3 text-state">
        {faults.map(({ path, code }) => {
          const found = /^line (\d+)$/.exec(path)?.[1]
          const line = found === undefined ? undefined : Number(found)
          const said = line === undefined ? '' : (lines[line - 1] ?? '').slice(0, mostLetters)
          return (
            <li key={`${path} ${code}`} className="wrap-anywhere">
              {line !== undefined && <span className="me-2 text-muted">{t`Line ${line}`}</span>}
              {tableFault(code, kind)}
              {said.trim() !== '' && (
                <code dir="ltr" className="block text-muted">
                  {said}
                </code>
              )}
            </li>
          )
        })}
      </ul>
      {faulty > shown && (
        <p className="text-state text-muted">
          <Trans>These are the first {shown}.</Trans>
        </p>
      )}
    </div>
  )
}
