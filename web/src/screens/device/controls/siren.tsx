import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { BellOff, BellRing } from 'lucide-react'
import { useControl } from '../../../data/control.ts'
import { spokenName } from '../../../devices/state.ts'
import { Button } from '../../../ui/button.tsx'
import { attributeName } from '../../../words/later/capabilities.ts'
import { laterWord } from '../../../words/later/values.ts'
import { formatAttribute } from '../../../words/numbers.ts'
import { ControlNotes } from '../control-notes.tsx'
import { rowsOf } from '../generic.ts'
import { HoldButton } from '../hold-button.tsx'
import type { PartProps } from '../part-controls.tsx'
import { ValueControl } from '../value-control.tsx'
import { StatePlate } from './state-plate.tsx'

/** Loud things ask first: a hold starts the siren, one press ends it. */
export function SirenControl({ device, part, shape }: PartProps) {
  const control = useControl(device, part, 'siren')
  const own = shape?.capabilities.siren
  const sounding = device.online ? control.reported.sounding : undefined
  const blocked = control.blocked !== undefined
  const rows = own ? rowsOf('siren', own).attributes.filter(({ setter }) => setter) : []
  return (
    <div className="grid gap-5">
      <StatePlate
        icon={sounding === true ? BellRing : BellOff}
        tint={sounding === true ? 'alert' : undefined}
        slow={control.slow}
      >
        {sounding === undefined ? t`State unknown` : sounding === true ? t`Sounding` : t`Silent`}
      </StatePlate>
      {sounding !== false && (
        <Button
          variant={sounding === true ? 'primary' : 'plain'}
          full
          isDisabled={blocked}
          onPress={() => control.act('turnOff')}
        >
          <Trans>Silence</Trans>
        </Button>
      )}
      {sounding !== true && (
        <HoldButton
          large
          label={t`Hold to sound it`}
          verb={t`Sound it`}
          title={t`Sound ${spokenName(device)}?`}
          note={t`It may be very loud.`}
          disabled={blocked || control.pending}
          onConfirm={() => control.act('turnOn', {}, { held: true })}
        />
      )}
      {rows.map(({ attribute, spec, limits, setter }) => (
        <div key={attribute} className="grid gap-1">
          <ValueControl
            name={attributeName('siren', attribute)}
            type={setter!.spec.type}
            value={control.shown[attribute]}
            disabled={blocked}
            onSet={(next) => control.act(setter!.command, { [setter!.arg]: next })}
            {...(spec.type === 'number' ? { min: spec.min, max: spec.max, step: spec.step } : {})}
            {...limits}
            format={(value) => formatAttribute('siren', attribute, value)}
            wordOf={laterWord}
          />
        </div>
      ))}
      <ControlNotes device={device} control={control} />
    </div>
  )
}
