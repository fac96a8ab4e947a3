import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Bridge } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { RadioTower } from 'lucide-react'
import { useState } from 'react'
import { useBridges, useOpenJoin } from '../../data/care.ts'
import { useConnection } from '../../data/connection.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'

export const takesDevices = (bridge: Bridge): boolean => bridge.acts.includes('permitJoin')

/** Which bridge lets devices in, and what to do at the device meanwhile. */
export function LetIn({ home }: { readonly home: string }) {
  const bridges = useBridges(home)
  const able = bridges.data?.filter(takesDevices)
  return (
    <div className="grid max-w-[36rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Bring in Zigbee devices</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>Your bridge lets new devices in for three minutes; each one shows here as it comes.</Trans>
        </p>
      </header>
      {bridges.error && !bridges.data ? (
        <QueryError error={bridges.error} retry={bridges.refetch} />
      ) : able === undefined ? (
        <BlockSkeleton />
      ) : able.length === 0 ? (
        <EmptyState
          icon={RadioTower}
          title={t`No bridge that lets devices in`}
          action={
            <LinkButton to={paths.add(home)} search={{ with: 'mqtt' }} variant="primary">
              <Trans>Link your MQTT broker</Trans>
            </LinkButton>
          }
        >
          <Trans>Link the broker that your Zigbee bridge speaks to; it shows up here by itself.</Trans>
        </EmptyState>
      ) : (
        <Choice home={home} bridges={able} />
      )}
    </div>
  )
}

function Choice({ home, bridges }: { readonly home: string; readonly bridges: readonly Bridge[] }) {
  const [chosen, setChosen] = useState(bridges.find(({ online }) => online)?.id ?? bridges[0]!.id)
  const open = useOpenJoin(home)
  const navigate = useNavigate()
  const { live } = useConnection()
  const bridge = bridges.find(({ id }) => id === chosen) ?? bridges[0]!
  const go = (join: string): void => void navigate({ to: paths.add(home), search: { join } })
  return (
    <>
      <Failure error={open.error} />
      {bridges.length > 1 && (
        <RadioGroup
          label={t`Through which bridge?`}
          value={bridge.id}
          onChange={setChosen}
          options={bridges.map((each) => ({
            id: each.id,
            name: each.name,
            hint: each.online ? undefined : t`Not reachable now`,
          }))}
        />
      )}
      {!bridge.online && (
        <Banner tone="warn">
          <Trans>{bridge.name} is not reachable. Check its power and its connection to the broker.</Trans>
        </Banner>
      )}
      {bridge.warning !== undefined && (
        <Banner tone="warn">
          <Trans>The bridge says: {bridge.warning}</Trans>
        </Banner>
      )}
      <ol className="grid list-decimal gap-2 ps-6 text-body">
        <li>
          <Trans>Let devices in with the button below.</Trans>
        </li>
        <li>
          <Trans>Put the device into pairing mode; most often by holding its button until it blinks.</Trans>
        </li>
        <li>
          <Trans>Keep it near the bridge and awake until it says Ready.</Trans>
        </li>
      </ol>
      {bridge.join === undefined ? (
        <Button
          variant="primary"
          full
          isDisabled={!bridge.online || !live || open.isPending}
          onPress={() => open.mutate({ bridge: bridge.id }, { onSuccess: ({ id }) => go(id) })}
        >
          <Trans>Let devices in</Trans>
        </Button>
      ) : (
        <Button variant="primary" full onPress={() => go(bridge.join!)}>
          <Trans>It is open now: see who comes</Trans>
        </Button>
      )}
      <p className="text-state font-normal text-muted">
        <Trans>While it is open, any device in reach can join. It closes by itself.</Trans>{' '}
        {bridge.devices !== undefined && (
          <Plural
            value={bridge.devices}
            one="# device is behind this bridge."
            other="# devices are behind this bridge."
          />
        )}
      </p>
    </>
  )
}
