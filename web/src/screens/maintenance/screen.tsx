import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Maintenance } from '@eaves/model/api'
import { useParams } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useMaintenance } from '../../data/maintenance.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { CardSkeletons } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { codeWords } from '../../words/errors.ts'
import { percent } from '../../words/numbers.ts'
import { ago, dateAndTime } from '../../words/time.ts'
import { AskAgain, Entry, Section } from './section.tsx'

/** What asks for care in this home, with the next act on each. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const care = useMaintenance(home)
  useTitle(t`Care`)
  return (
    <div className="grid max-w-[48rem] gap-8">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Care</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>What needs a hand, and what to do about it.</Trans>
        </p>
      </header>
      {care.error && !care.data ? (
        <QueryError error={care.error} retry={care.refetch} />
      ) : !care.data ? (
        <CardSkeletons count={4} />
      ) : care.data.count === 0 ? (
        <EmptyState icon={CircleCheck} title={t`Nothing needs you`}>
          <Trans>All devices answer, batteries are fine, and nothing waits to be installed.</Trans>
        </EmptyState>
      ) : (
        <>
          <Links home={home} care={care.data} />
          <Devices home={home} care={care.data} />
        </>
      )}
    </div>
  )
}

interface Of {
  readonly home: string
  readonly care: Maintenance
}
function Links({ care }: Of) {
  return (
    <>
      <Section title={t`Connections`} of={care.connections}>
        {care.connections.map((entry) => {
          const words = entry.error && (codeWords(entry.error.code) ?? entry.error)
          return (
            <Entry
              key={entry.connection}
              name={entry.name}
              text={words ? `${words.title} ${words.todo}` : t`Not reachable. It is tried again by itself.`}
              action={
                <LinkButton to={paths.mine('connections')}>
                  <Trans>Connections</Trans>
                </LinkButton>
              }
            />
          )
        })}
      </Section>
      <Section title={t`Bridges`} of={care.bridges}>
        {care.bridges.map((entry) => (
          <Entry
            key={entry.bridge}
            name={entry.name}
            text={
              entry.online
                ? t`It says: ${entry.warning ?? ''}`
                : t`Not reachable. Check its power and its connection to the broker; the devices behind it wait.`
            }
          />
        ))}
      </Section>
    </>
  )
}

function Devices({ home, care }: Of) {
  const replace = (device: string) => (
    <LinkButton to={paths.replace(home, device)}>
      <Trans>Replace…</Trans>
    </LinkButton>
  )
  return (
    <>
      <Section title={t`Can’t be reached`} of={care.offline}>
        {care.offline.map((each) => (
          <Entry
            key={each.device}
            home={home}
            {...each}
            text={
              each.lastSeen === undefined
                ? t`Check its power and connection.`
                : t`Last seen ${ago(each.lastSeen)}. Check its power and connection.`
            }
            action={replace(each.device)}
          />
        ))}
      </Section>
      <Section title={t`Silent`} of={care.silent}>
        {care.silent.map((each) => (
          <Entry
            key={each.device}
            home={home}
            {...each}
            text={t`Nothing since ${dateAndTime(each.lastSeen)}; it speaks every ${usual(each.usualSeconds)} as a rule.`}
            action={replace(each.device)}
          />
        ))}
      </Section>
      <Section title={t`Batteries`} of={care.batteryLow}>
        {care.batteryLow.map((each) => (
          <Entry
            key={each.device}
            home={home}
            {...each}
            text={
              each.percent === undefined
                ? t`Battery low. Change it soon.`
                : t`${percent(each.percent)} left. Change it soon.`
            }
          />
        ))}
      </Section>
      <Section title={t`Updates`} of={care.updates}>
        {care.updates.map((each) => (
          <Entry
            key={each.device + each.part}
            home={home}
            {...each}
            text={
              each.state === 'updating'
                ? t`Being installed. Leave it powered.`
                : each.available === undefined
                  ? t`A newer firmware is offered.`
                  : t`${each.available} is offered.`
            }
            action={
              <LinkButton to={paths.device(home, each.device)}>
                <Trans>See the update</Trans>
              </LinkButton>
            }
          />
        ))}
      </Section>
      <Section title={t`Not known yet`} of={care.interview}>
        {care.interview.map((each) => (
          <Entry
            key={each.device}
            home={home}
            {...each}
            text={t`The bridge could not get to know it. Wake it and try again.`}
            action={<AskAgain home={home} device={each.device} name={each.name} />}
          />
        ))}
      </Section>
      <Section title={t`Not fully understood`} of={care.problems}>
        {care.problems.map((each) => (
          <Entry key={each.device} home={home} {...each} text={each.problems.slice(0, 2).join(' · ')} />
        ))}
      </Section>
    </>
  )
}

/** "5 min": how often it speaks, in the largest unit that fits. */
function usual(seconds: number): string {
  const steps = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const
  const [unit, length] = steps.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  return amount(Math.round(seconds / length), unit)
}
const amount = (value: number, unit: string): string =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit, unitDisplay: 'short' }).format(
    value,
  )
