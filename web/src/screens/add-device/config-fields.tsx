import { t } from '@lingui/core/macro'
import type { DriverEntry } from '@eaves/model/api'
import { lazy, Suspense } from 'react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { isNeeded, isPem, isPlain, isShown, type Typed } from './config.ts'

const PastedFile = lazy(async () => ({ default: (await import('../../ui/pasted-file.tsx')).PastedFile }))
const labels: Readonly<Record<string, () => string>> = {
  url: () => t`Address of the broker`,
  username: () => t`User name (if it asks for one)`,
  password: () => t`Password (if it asks for one)`,
  base: () => t`Zigbee2MQTT’s base topics`,
  prefix: () => t`Discovery prefix of Home Assistant`,
  ca: () => t`Certificate of the authority (PEM)`,
  cert: () => t`Client certificate (PEM)`,
  key: () => t`Client key (PEM)`,
}
const hints: Readonly<Record<string, () => string>> = {
  url: () => t`For example mqtt://192.168.1.5:1883. For an encrypted connection: mqtts://`,
  base: () => t`If you did not change it: zigbee2mqtt. Of several bridges, with commas between.`,
  prefix: () => t`If you did not change it: homeassistant`,
  ca: () => t`Only if a certificate of your own signed the broker’s. Paste it or take it from a file.`,
  cert: () => t`Only if the broker asks its clients for one.`,
  key: () => t`Belongs to the client certificate. Kept encrypted and never shown again.`,
}

export interface ConfigFieldsProps {
  readonly entry: DriverEntry
  readonly typed: Typed
  readonly faults: Readonly<Record<string, 'missing' | 'address'>>
  readonly onChange: (key: string, value: string | boolean) => void
  readonly onSubmit: () => void
}
/** A form made from the driver's manifest; the broker's fields have words of our own. */
export function ConfigFields({ entry, typed, faults, onChange, onSubmit }: ConfigFieldsProps) {
  const shown = entry.config.filter((field) => isShown(entry.id, field))
  const own = entry.id === 'mqtt'
  const draw = (field: DriverEntry['config'][number]) => {
    const label = (own ? labels[field.key]?.() : undefined) ?? field.key
    if (field.type === 'boolean')
      return (
        <Switch
          key={field.key}
          selected={typed[field.key] === true}
          onChange={(value) => onChange(field.key, value)}
        >
          {label}
        </Switch>
      )
    if (own && isPem(field.key))
      return (
        <Suspense key={field.key} fallback={null}>
          <PastedFile
            label={label}
            value={String(typed[field.key] ?? '')}
            onChange={(value) => onChange(field.key, value)}
            accept={['.pem', '.crt', '.cer', '.key', 'application/x-pem-file', 'text/plain']}
            {...(hints[field.key] ? { hint: hints[field.key]!() } : {})}
          />
        </Suspense>
      )
    const fault = faults[field.key]
    const hint = own ? hints[field.key]?.() : undefined
    return (
      <TextField
        key={field.key}
        label={label}
        value={String(typed[field.key] ?? '')}
        onChange={(value) => onChange(field.key, value)}
        onSubmit={onSubmit}
        type={field.type === 'secret' ? 'password' : 'text'}
        autoComplete={field.type === 'secret' ? 'off' : 'on'}
        name={`eaves-${entry.id}-${field.key}`}
        {...(hint ? { hint } : {})}
        {...(field.key === 'url' ? { inputMode: 'url' as const, autoFocus: true } : {})}
        required={isNeeded(entry.id, field)}
        error={
          fault === 'missing'
            ? t`This is needed.`
            : fault === 'address'
              ? t`Enter an address that begins with mqtt://, mqtts://, ws:// or wss://.`
              : undefined
        }
      />
    )
  }
  const more = shown.filter((field) => !isPlain(entry.id, field))
  return (
    <>
      {shown.filter((field) => isPlain(entry.id, field)).map(draw)}
      {more.length > 0 && (
        <Disclosure title={t`More settings`}>
          <div className="grid gap-4 pt-2">{more.map(draw)}</div>
        </Disclosure>
      )}
    </>
  )
}
