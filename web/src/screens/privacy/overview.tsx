import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { MyRecipients, RequestView } from '@eaves/model/api'
import {
  Database,
  Eye,
  FileText,
  FolderInput,
  ScrollText,
  Share2,
  ShieldCheck,
  TriangleAlert,
} from 'lucide-react'
import { isProblem } from '../../data/api.ts'
import { useKitIsMissing } from '../../data/backup.ts'
import { useGate } from '../../data/gate.ts'
import { useReceived, useRequests } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Door, Doors } from '../me/doors.tsx'
import { Page } from '../me/page.tsx'
import { Offline } from './offline.tsx'

/** How it stands with one's own data, in a sentence, and the doors to it. */
export function Overview() {
  const requests = useRequests()
  const received = useReceived(pageLocale())
  // Whoever has not agreed to the texts, or no longer, keeps what is theirs by right; the rest waits for a yes. // sa.1
  const isShut = isProblem(received.error, 'policy.agreement-required')
  const failed = requests.error ?? (isShut ? null : received.error)
  const first = received.data?.pages[0]
  useTitle(t`Your data`)
  return (
    <Page
      title={t`Your data`}
      lead={<Trans>What Eaves holds about you is yours to see, take and end.</Trans>}
    >
      <Offline />
      {failed && !(requests.data && first) ? (
        <QueryError error={failed} retry={() => Promise.all([requests.refetch(), received.refetch()])} />
      ) : requests.data && isShut ? (
        <NotAgreed requests={requests.data} />
      ) : requests.data && first ? (
        <Status requests={requests.data} received={first} />
      ) : (
        <BlockSkeleton />
      )}
      {!isShut && <NoKit />}
      <Pages isShut={isShut} />
    </Page>
  )
}

function Pages({ isShut }: { readonly isShut: boolean }) {
  // Only a hosted service has staff.
  const gate = useGate(pageLocale())
  return (
    <Doors>
      <Door
        to={paths.ofPrivacy('held')}
        icon={Database}
        name={t`What is held`}
        hint={t`Every value, what for, how long, and who gets it`}
      />
      {!isShut && (
        <>
          <Door
            to={paths.ofPrivacy('received')}
            icon={Share2}
            name={t`Who received it`}
            hint={t`What left, to whom, and your yes or no about each`}
          />
          {gate.data?.role === 'hosted' && (
            <Door
              to={paths.ofPrivacy('access')}
              icon={Eye}
              name={t`Who looked`}
              hint={t`Staff of this service: when, in which role, for which case`}
            />
          )}
          <Door
            to={paths.mine('choices')}
            icon={ShieldCheck}
            name={t`Your choices`}
            hint={t`Optional uses, each with a switch and a receipt`}
          />
        </>
      )}
      <Door
        to={paths.ofPrivacy('requests')}
        icon={ScrollText}
        name={t`Copy, erase, restrict, refuse`}
        hint={t`What you can ask for, and how far it is`}
      />
      {!isShut && (
        <>
          <Door
            to={paths.ofPrivacy('bring')}
            icon={FolderInput}
            name={t`Bring a copy along`}
            hint={t`From another Eaves server: your homes, floors and rooms`}
          />
          <Door
            to={paths.mine('agreements')}
            icon={FileText}
            name={t`Agreements and documents`}
            hint={t`What you agreed to, and when`}
          />
        </>
      )}
    </Doors>
  )
}

/** What would be lost with the disk, said to those who can do something about it. */
function NoKit() {
  if (!useKitIsMissing()) return null
  return (
    <Banner
      tone="warn"
      icon={TriangleAlert}
      action={
        <LinkButton to={paths.mine('backup')}>
          <Trans>Make the recovery kit</Trans>
        </LinkButton>
      }
    >
      <Trans>This server has no recovery kit: if its disk dies, what it holds cannot be brought back.</Trans>
    </Banner>
  )
}

function NotAgreed({ requests }: { readonly requests: readonly RequestView[] }) {
  return (
    <>
      <Erasing requests={requests} />
      <Banner
        action={
          <LinkButton to={paths.gate}>
            <Trans>Decide again</Trans>
          </LinkButton>
        }
      >
        <Trans>
          You have not agreed to the present texts. What is held about you is still yours to see, take and
          erase.
        </Trans>
      </Banner>
    </>
  )
}

function Erasing({ requests }: { readonly requests: readonly RequestView[] }) {
  const erasure = requests.find(({ kind, endedAt }) => kind === 'erasure' && endedAt === undefined)
  return (
    erasure !== undefined && (
      <Banner
        tone="warn"
        icon={TriangleAlert}
        action={
          <LinkButton to={paths.ofPrivacy('requests')}>
            <Trans>See the request</Trans>
          </LinkButton>
        }
      >
        <Trans>Your account will be erased. You can take it back until {dateAndTime(erasure.runAt)}.</Trans>
      </Banner>
    )
  )
}

function Status({
  requests,
  received,
}: {
  readonly requests: readonly RequestView[]
  readonly received: MyRecipients
}) {
  const open = requests.filter(
    ({ state }) => state === 'planned' || state === 'paused' || state === 'executing' || state === 'extended',
  ).length
  const got = received.recipients.filter((each) => each.received > 0).length
  const shares = received.recipients.filter(({ sharing }) =>
    sharing.some(({ choices }) => choices.some(({ given }) => given)),
  ).length
  return (
    <>
      <Erasing requests={requests} />
      <p className="flex items-start gap-3 text-card">
        <Icon of={got + shares === 0 ? ShieldCheck : Share2} className="shrink-0 text-muted" />
        <span>
          {got === 0 ? (
            <Trans>No manufacturer or partner has received anything about you.</Trans>
          ) : (
            <Plural
              value={got}
              one="# recipient has received something about you."
              other="# recipients have received something about you."
            />
          )}{' '}
          {shares > 0 && (
            <Plural
              value={shares}
              one="You share with # recipient now."
              other="You share with # recipients now."
            />
          )}{' '}
          {open === 0 ? (
            <Trans>No request is open.</Trans>
          ) : (
            <Plural value={open} one="# request is open." other="# requests are open." />
          )}
        </span>
      </p>
    </>
  )
}
