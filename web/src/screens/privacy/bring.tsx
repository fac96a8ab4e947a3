import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import { mostArchiveBytes } from '@eaves/model'
import type { Brought, BringReport } from '@eaves/model/api'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { isProblem } from '../../data/api.ts'
import { useBring } from '../../data/bring.ts'
import { useOnline } from '../../data/online.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Page, Row, Rows } from '../me/page.tsx'
import { faultWords, leftWords, nameOfBrought, whyWords } from './bring-words.ts'
import { Offline } from './offline.tsx'
import { Part } from './part.tsx'

/** A copy from another server: first what it would bring, then bringing it. // pp.4.4.c */
export function BringPage() {
  const [file, setFile] = useState<File>()
  const [isTooLarge, setTooLarge] = useState(false)
  const look = useBring()
  const bring = useBring()
  const online = useOnline()
  useTitle(t`Bring a copy along`)
  const choose = (files: FileList | null) => {
    const chosen = files?.[0]
    if (chosen === undefined) return
    bring.reset()
    look.reset()
    setFile(chosen)
    setTooLarge(chosen.size > mostArchiveBytes)
    if (chosen.size <= mostArchiveBytes) look.mutate({ file: chosen, dryRun: true })
  }
  const error = bring.error ?? look.error
  const report = error === null && !isTooLarge ? (bring.data ?? look.data) : undefined
  return (
    <Page
      title={t`Bring a copy along`}
      up={{ to: paths.privacy, name: t`Your data` }}
      lead={
        <Trans>
          The ZIP that another Eaves server made for you. You see what it brings before anything is written.
        </Trans>
      }
    >
      <Offline />
      <Part id="file" title={t`The copy`}>
        {isProblem(error, 'input.archive') ? (
          <div role="alert">
            <Banner tone="alert">{faultWords(error.errors[0]?.code)}</Banner>
          </div>
        ) : isTooLarge ? (
          <div role="alert">
            <Banner tone="alert">{faultWords('too-large')}</Banner>
          </div>
        ) : (
          <Failure error={error} />
        )}
        <div className="flex flex-wrap items-center gap-3">
          <FileTrigger acceptedFileTypes={['.zip', 'application/zip']} onSelect={choose}>
            <Button icon={Upload} isDisabled={!online || look.isPending || bring.isPending}>
              <Trans>Choose the file</Trans>
            </Button>
          </FileTrigger>
          {file !== undefined && <bdi className="text-state font-normal wrap-anywhere">{file.name}</bdi>}
        </div>
      </Part>
      <div role="status" className="grid grid-cols-[minmax(0,1fr)] gap-6">
        {report !== undefined && <Report report={report} />}
      </div>
      {report !== undefined && !report.applied && report.items.some(({ does }) => does === 'comes') && (
        <div>
          <Button
            variant="primary"
            isDisabled={!online || bring.isPending}
            onPress={() => file && bring.mutate({ file, dryRun: false })}
          >
            <Trans>Bring it along</Trans>
          </Button>
        </div>
      )}
      {report?.applied === true && (
        <div>
          <LinkButton to={paths.start}>
            <Trans>Open the app</Trans>
          </LinkButton>
        </div>
      )}
    </Page>
  )
}

function Report({ report: { applied, items, left } }: { readonly report: BringReport }) {
  const come = items.filter(({ does }) => does === 'comes')
  const stay = items.filter(({ does }) => does === 'stays')
  return (
    <>
      {applied ? (
        <Banner>
          <Trans>It is here. What was left behind stands below.</Trans>
        </Banner>
      ) : (
        come.length === 0 && (
          <Banner>
            <Trans>This copy brings nothing that is not here already.</Trans>
          </Banner>
        )
      )}
      {come.length > 0 && <Items id="comes" title={applied ? t`What came` : t`What comes`} items={come} />}
      {stay.length > 0 && <Items id="stays" title={t`What stays behind`} items={stay} />}
      {left.length > 0 && (
        <section aria-labelledby="never" className="grid gap-3">
          <h2 id="never" className="text-section">
            <Trans>What is never brought</Trans>
          </h2>
          <Rows>
            {leftWords(left).map(({ why, rows }) => (
              <Row key={why}>
                <p>{why}</p>
                <p className="text-state font-normal text-muted">
                  <Plural value={rows} one="# entry in the copy" other="# entries in the copy" />
                </p>
              </Row>
            ))}
          </Rows>
        </section>
      )}
    </>
  )
}

function Items({
  id,
  title,
  items,
}: {
  readonly id: string
  readonly title: string
  readonly items: readonly Brought[]
}) {
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="text-section">
        {title}
      </h2>
      <Rows>
        {items.map((item, i) => (
          <Row key={i}>
            <p className="text-card">
              {nameOfBrought(item)}
              {item.name !== undefined && (
                <>
                  {': '}
                  <bdi>{item.name}</bdi>
                </>
              )}
            </p>
            {(item.home !== undefined || item.why !== undefined) && (
              <p className="text-state font-normal text-muted">
                {item.home !== undefined && <bdi>{item.home}</bdi>}
                {item.home !== undefined && item.why !== undefined && ' · '}
                {item.why !== undefined && whyWords(item.why)}
              </p>
            )}
          </Row>
        ))}
      </Rows>
    </section>
  )
}
