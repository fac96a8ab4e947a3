import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceAct, DeviceDetail, DeviceView } from '@eaves/model'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useAct } from '../../data/care.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { toasts } from '../../ui/toasts.ts'

const interviews = {
  waiting: () => t`The bridge has not got to know it yet.`,
  running: () => t`The bridge is getting to know it.`,
  done: () => undefined,
  failed: () => t`The bridge could not get to know it. Wake it and have it asked again.`,
} as const
const done: Readonly<Partial<Record<DeviceAct, () => string>>> = {
  rename: () => t`Renamed at the bridge`,
  interview: () => t`The bridge asks it again. Battery devices may have to be woken.`,
  configure: () => t`The bridge sets it up again`,
}

/** Care of the device at the bridge it hangs on. */
export function BridgeCare({
  home,
  device,
  detail,
  onRemoved,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly detail: DeviceDetail
  readonly onRemoved: () => void
}) {
  const act = useAct(home, device.id)
  const { live } = useConnection()
  const [removing, setRemoving] = useState(false)
  const can = (name: DeviceAct): boolean => detail.acts.includes(name)
  if (!(['rename', 'interview', 'configure', 'remove'] as const).some(can)) return null
  const run = (name: DeviceAct, args?: { name?: string; force?: boolean }): void =>
    act.mutate(
      { act: name, ...(args ? { args } : {}) },
      { onSuccess: () => void toasts.show(done[name]?.() ?? t`Done`) },
    )
  const refused = act.isError && act.variables.act === 'remove'
  const remove = (force: boolean): void =>
    act.mutate(
      { act: 'remove', ...(force ? { args: { force } } : {}) },
      {
        onSuccess: () => {
          toasts.show(t`${device.name} left the bridge`)
          onRemoved()
        },
      },
    )
  const words = detail.interview && interviews[detail.interview]()
  const off = act.isPending || !live
  return (
    <section aria-labelledby="bridge" className="grid gap-3">
      <h3 id="bridge" className="text-group">
        <Trans>At its bridge</Trans>
      </h3>
      {words && <p className="text-body text-muted">{words}</p>}
      <Failure error={act.error} />
      <div className="flex flex-wrap gap-3">
        {can('rename') && (
          <Button isDisabled={off} onPress={() => run('rename', { name: device.name })}>
            <Trans>Call it “{device.name}” there too</Trans>
          </Button>
        )}
        {can('interview') && (
          <Button isDisabled={off} onPress={() => run('interview')}>
            <Trans>Get to know it again</Trans>
          </Button>
        )}
        {can('configure') && (
          <Button isDisabled={off} onPress={() => run('configure')}>
            <Trans>Set it up again</Trans>
          </Button>
        )}
        {can('remove') && (
          <Button variant="danger" isDisabled={off} onPress={() => setRemoving(true)}>
            <Trans>Remove from the bridge</Trans>
          </Button>
        )}
        {refused && (
          <Button variant="danger" isDisabled={off} onPress={() => remove(true)}>
            <Trans>Remove even if it does not answer</Trans>
          </Button>
        )}
      </div>
      <Confirm
        open={removing}
        title={t`Remove ${device.name} from its bridge?`}
        verb={t`Remove from the bridge`}
        onClose={() => setRemoving(false)}
        onConfirm={() => {
          setRemoving(false)
          remove(false)
        }}
      >
        <p>
          <Trans>
            It leaves the network and has to be paired anew to come back. Its name, room and history stay here
            until you remove it from Eaves as well, or put another device in its place.
          </Trans>
        </p>
      </Confirm>
    </section>
  )
}
