import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { BackupState } from '@eaves/model/api'
import { CircleCheck, DatabaseBackup, TriangleAlert, WifiOff } from 'lucide-react'
import { useBackup, useBackUpNow } from '../../data/backup.ts'
import { useOnline } from '../../data/online.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { codeWords } from '../../words/errors.ts'
import { ago, dateAndTime } from '../../words/time.ts'
import { Page, Rows } from './page.tsx'
import { Fact, Step } from './steps.tsx'
import { formatLocale } from '../../words/formats.ts'

/** How the copies of this server are doing, for those who keep a home on it. */
export function Backup() {
  const backup = useBackup()
  const online = useOnline()
  return (
    <Page
      title={t`Backup`}
      lead={
        <Trans>
          Two encrypted files, and a recovery kit on paper that opens them. Each backup is restored once for
          rehearsal, so that you know it works.
        </Trans>
      }
    >
      {!online && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>This device is offline. A backup can be made once it is connected again.</Trans>
        </Banner>
      )}
      {backup.error ? (
        <QueryError error={backup.error} retry={backup.refetch} />
      ) : !backup.data ? (
        <BlockSkeleton />
      ) : !backup.data.isSupported ? (
        <Banner>
          <Trans>
            The data of this server is in PostgreSQL. Whoever runs it backs it up with the tools of
            PostgreSQL.
          </Trans>
        </Banner>
      ) : (
        <State state={backup.data} online={online} />
      )}
    </Page>
  )
}

const kitCommand = 'npm run -s eaves -- kit'
const foldersCommand =
  'EAVES_BACKUP_DIR=/mnt/disk/eaves EAVES_VAULT_BACKUP_DIR=/mnt/stick/eaves-vault npm start'

function State({ state, online }: { readonly state: BackupState; readonly online: boolean }) {
  const now = useBackUpNow()
  const { isSetUp, isRunning, kit } = state
  return (
    <>
      {kit === undefined && (
        <Step id="make-kit" title={t`Make the recovery kit`} command={kitCommand}>
          <Trans>
            Without it nobody could open a backup. Type this on the machine that runs Eaves, and write down
            what it prints: it is shown only once.
          </Trans>
        </Step>
      )}
      {!isSetUp && (
        <Step id="set-folders" title={t`Say where backups go`} command={foldersCommand}>
          <Trans>
            Two folders, best on two disks: one for the data, one for the keys that open it. Start Eaves with
            both and it makes a backup each day.
          </Trans>
        </Step>
      )}
      <Failure error={now.error} />
      <Last state={state} />
      {isSetUp && kit !== undefined && (
        <div>
          <Button
            variant="primary"
            icon={DatabaseBackup}
            isDisabled={isRunning || !online || now.isPending}
            onPress={() => now.mutate()}
          >
            {isRunning ? <Trans>A backup is being made…</Trans> : <Trans>Back up now</Trans>}
          </Button>
        </div>
      )}
      <Facts state={state} />
    </>
  )
}

function Last({ state: { last, lastGood, isRunning } }: { readonly state: BackupState }) {
  if (last === undefined)
    return (
      <EmptyState icon={DatabaseBackup} title={t`No backup yet`}>
        <Trans>If this disk dies now, everything on it is gone.</Trans>
      </EmptyState>
    )
  const failed = last.failed ?? last.rehearsal?.failed
  const words = failed === undefined ? undefined : codeWords(failed)
  return (
    <>
      {failed !== undefined && !isRunning && (
        <Banner tone="alert" icon={TriangleAlert}>
          <Trans>The backup of {dateAndTime(last.startedAt)} did not work.</Trans> {words?.title}{' '}
          {words?.todo}
        </Banner>
      )}
      {lastGood !== undefined && (
        <p className="flex items-center gap-3 text-card">
          <Icon of={CircleCheck} className="shrink-0 text-muted" />
          <span>
            <Trans>Last backup {ago(lastGood.startedAt)}, restored in rehearsal</Trans>
          </span>
        </p>
      )}
    </>
  )
}

function Facts({ state: { lastGood, nextAt, forecast, kit } }: { readonly state: BackupState }) {
  const rows = lastGood?.rehearsal?.rows
  return (
    <Rows>
      {lastGood !== undefined && (
        <Fact name={t`Last backup`}>
          {dateAndTime(lastGood.startedAt)}
          {lastGood.dataName !== undefined && (
            <code className="block text-caption break-all text-muted">{lastGood.dataName}</code>
          )}
        </Fact>
      )}
      {rows !== undefined && (
        <Fact name={t`Last rehearsal`}>
          <Plural value={rows} one="# entry restored and compared" other="# entries restored and compared" />
        </Fact>
      )}
      {nextAt !== undefined && <Fact name={t`Next backup`}>{dateAndTime(nextAt)}</Fact>}
      {forecast !== undefined && (
        <Fact name={t`A restore would take`}>
          {megabytes(forecast.bytes)} · {seconds(forecast.restoreSeconds)}
        </Fact>
      )}
      {kit !== undefined && (
        <Fact name={t`Recovery kit`}>
          <Trans>Mark {kit.mark}</Trans>
          {kit.madeAt !== undefined && <> · {dateAndTime(kit.madeAt)}</>}
        </Fact>
      )}
      <Fact name={t`The file with the keys`}>
        <Trans>
          Goes by itself after seven days: from then on nothing that was erased can be brought back by
          anybody.
        </Trans>
      </Fact>
    </Rows>
  )
}

const megabytes = (bytes: number): string =>
  new Intl.NumberFormat(formatLocale(), {
    style: 'unit',
    unit: bytes < 1_000_000_000 ? 'megabyte' : 'gigabyte',
    maximumFractionDigits: 1,
  }).format(bytes < 1_000_000_000 ? bytes / 1_000_000 : bytes / 1_000_000_000)
const seconds = (count: number): string =>
  new Intl.NumberFormat(formatLocale(), {
    style: 'unit',
    unit: count < 120 ? 'second' : 'minute',
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(count < 120 ? count : Math.ceil(count / 60))
