import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import type { AutomationView, DeviceHold, DeviceHoldWrite } from '@eaves/model/api'
import { Hand } from 'lucide-react'
import { useAutomations } from '../../data/automations.ts'
import { useChangeHolds, useHolds } from '../../data/holds.ts'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { useDevices } from '../../data/devices.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { dateAndTime } from '../../words/time.ts'

/** Whether automations leave the device as it is, until when, and the way to say so; nothing where none moves it. */
export function HeldState({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const can = useCan(home)
  const { live } = useConnection()
  const holds = useHolds(home, device.id)
  const automations = useAutomations(home, can('automation.read'))
  const { hold, letGo } = useChangeHolds(home, device.id)
  const onError = (error: Error) => toasts.show(errorWords(error).title)
  const [held] = holds.data ?? []
  if (!can('device.command')) return null
  if (held)
    return (
      <Banner
        icon={Hand}
        action={
          <Button
            variant="quiet"
            isDisabled={!live || letGo.isPending}
            onPress={() => letGo.mutate(undefined, { onError })}
          >
            <Trans>Let automations again</Trans>
          </Button>
        }
      >
        {untilWords(held)}
      </Banner>
    )
  if (holds.data === undefined || !automations.data?.some((each) => moves(each, device))) return null
  return (
    <Banner
      icon={Hand}
      action={
        <Choice
          home={home}
          device={device}
          onChoose={(wish) => hold.mutate(wish, { onError })}
          busy={!live}
        />
      }
    >
      <Trans>Automations move this device.</Trans>
    </Banner>
  )
}

function untilWords({ ends, until }: DeviceHold): string {
  if (until !== undefined) {
    const when = dateAndTime(until)
    return t`Automations leave this as it is until ${when}.`
  }
  return ends === 'empty'
    ? t`Automations leave this as it is until the room is empty.`
    : t`Automations leave this as it is until you say otherwise.`
}

const hours = [1, 4, 12] as const
function Choice({
  home,
  device,
  onChoose,
  busy,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly onChoose: (wish: DeviceHoldWrite) => void
  readonly busy: boolean
}) {
  const devices = useDevices(home)
  const hasSensor = (devices.data ?? []).some(
    ({ room, parts }) =>
      device.room !== null && room === device.room && parts.some((part) => 'occupancy' in part.capabilities),
  )
  const words = { 1: t`For an hour`, 4: t`For four hours`, 12: t`For twelve hours` }
  return (
    <Menu
      label={t`Leave it as it is`}
      trigger={
        <Button variant="quiet" isDisabled={busy}>
          <Trans>Leave it as it is</Trans>
        </Button>
      }
      entries={[
        ...hours.map((each) => ({
          id: `${each}`,
          name: words[each],
          run: () => onChoose({ ends: 'time', hours: each }),
        })),
        ...(hasSensor
          ? [{ id: 'empty', name: t`Until the room is empty`, run: () => onChoose({ ends: 'empty' }) }]
          : []),
        { id: 'said', name: t`Until I say so`, run: () => onChoose({ ends: 'said' }) },
      ]}
    />
  )
}

/** Whether something that it does is meant of this device, by its name, its room or everywhere. */
function moves({ enabled, actions }: AutomationView, { id, room }: DeviceView): boolean {
  if (!enabled) return false
  const said = JSON.stringify(actions)
  return (
    said.includes(`"device":"${id}"`) ||
    (room !== null && said.includes(`"room":"${room}"`)) ||
    said.includes('"everywhere":true')
  )
}
