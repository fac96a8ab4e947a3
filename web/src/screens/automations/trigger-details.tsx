import { t } from '@lingui/core/macro'
import { alarmStates } from '@eaves/model'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { alarmBecomes } from './alarm-words.ts'
import { rangeOf, type Abilities } from './abilities.ts'
import { CalendarTriggerFields } from './calendar-fields.tsx'
import { DateField, TimeField } from './date-field.tsx'
import { BandFields, DurationField, NumberField, ValueField, WeekdaysField } from './fields.tsx'
import { ModeTriggerFields } from './mode-fields.tsx'
import { PlaceFields } from './place-fields.tsx'
import { PriceFields } from './price-fields.tsx'
import { PresenceFields } from './presence-fields.tsx'
import { turnName, type Turn } from './moments.ts'
import type { Known } from './known.ts'
import { meterUnit } from './names.ts'
import { reading } from './said.ts'
import type { Trigger, TriggerOf } from './shape.ts'

export interface DetailsProps<T> {
  readonly item: T
  readonly abilities: Abilities
  readonly known: Known
  readonly onChange: (item: T) => void
}
const lasting = (seconds: number | undefined): { forSeconds?: number } =>
  seconds === undefined ? {} : { forSeconds: seconds }
export function without<T extends object, K extends keyof T>(item: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>
}

/** What has to be said of a trigger besides whom it is about. */
export function TriggerDetails({ item, abilities, known, onChange }: DetailsProps<Trigger>) {
  switch (item.kind) {
    case 'state':
      return (
        <>
          {item.to !== undefined && (
            <ValueField
              label={reading(item.capability, item.attribute)}
              capability={item.capability}
              attribute={item.attribute}
              value={item.to}
              range={rangeOf(abilities, item.capability, item.attribute)}
              onChange={(to) => onChange({ ...item, to })}
            />
          )}
          <HowLong item={item} onChange={onChange} />
        </>
      )
    case 'numeric':
      return (
        <>
          <BandFields
            capability={item.capability}
            attribute={item.attribute}
            above={item.above}
            below={item.below}
            range={rangeOf(abilities, item.capability, item.attribute)}
            onChange={(band) => onChange({ ...without(item, 'above', 'below'), ...band } as Trigger)}
          />
          <HowLong item={item} onChange={onChange} />
        </>
      )
    case 'availability':
      return <HowLong item={item} onChange={onChange} />
    case 'time':
      return (
        <>
          <TimeField label={t`At`} time={item.at} onChange={(at) => onChange({ ...item, at })} />
          <WeekdaysField
            days={item.weekdays}
            onChange={(weekdays) =>
              onChange({ ...without(item, 'weekdays'), ...(weekdays === undefined ? {} : { weekdays }) })
            }
          />
          <DateField
            label={t`Only on this date`}
            date={item.date}
            hint={t`Empty: any date`}
            onChange={(date) =>
              onChange({ ...without(item, 'date'), ...(date === undefined ? {} : { date }) })
            }
          />
        </>
      )
    case 'every':
      return (
        <NumberField
          label={t`Minutes`}
          value={item.minutes}
          min={1}
          max={720}
          onChange={(minutes) => minutes !== undefined && onChange({ ...item, minutes: Math.round(minutes) })}
        />
      )
    case 'sun':
      return <SunFields item={item} onChange={onChange} />
    case 'alarm':
      return (
        <Select
          label={t`What happens`}
          value={item.to}
          options={alarmStates.map((id) => ({ id, name: alarmBecomes(id) }))}
          onChange={(to) => onChange({ ...item, to })}
        />
      )
    case 'run':
      return <RunFields item={item} known={known} onChange={onChange} />
    case 'calendar':
      return <CalendarTriggerFields item={item} known={known} onChange={onChange} />
    case 'energy':
      return <EnergyFields item={item} known={known} onChange={onChange} />
    case 'price':
      return <PriceFields item={item} known={known} onChange={onChange} />
    case 'webhook':
      return (
        <Select
          label={t`Address`}
          value={item.hook}
          options={known.hooks.map(({ id, name }) => ({ id, name }))}
          onChange={(hook) => onChange({ ...item, hook })}
        />
      )
    case 'presence':
      return <PresenceFields item={item} known={known} onChange={(next) => onChange(next)} />
    case 'place':
      return <PlaceFields item={item} known={known} onChange={(next) => onChange(next)} />
    case 'mode':
      return <ModeTriggerFields item={item} known={known} onChange={onChange} />
    case 'event':
      return null
  }
}

function HowLong({
  item,
  onChange,
}: {
  readonly item: TriggerOf<'state'> | TriggerOf<'numeric'> | TriggerOf<'availability'>
  readonly onChange: (item: Trigger) => void
}) {
  return (
    <DurationField
      label={t`Only when it stays so for`}
      none={t`at once`}
      seconds={item.forSeconds}
      onChange={(seconds) => onChange({ ...without(item, 'forSeconds'), ...lasting(seconds) } as Trigger)}
    />
  )
}

const turns: readonly Turn[] = ['sunrise', 'sunset', 'dawn', 'dusk', 'noon']
function SunFields({
  item,
  onChange,
}: {
  readonly item: TriggerOf<'sun'>
  readonly onChange: (item: Trigger) => void
}) {
  return (
    <>
      <Select
        label={t`When`}
        value={item.event}
        options={turns.map((id) => ({ id, name: turnName(id) }))}
        onChange={(event) => onChange({ ...item, event })}
      />
      <OffsetField
        label={t`Minutes after it; before it with a minus`}
        value={item.offsetMinutes}
        onChange={(offsetMinutes) =>
          onChange({
            kind: 'sun',
            event: item.event,
            ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
          })
        }
      />
    </>
  )
}
export function OffsetField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: number | undefined
  readonly onChange: (minutes: number | undefined) => void
}) {
  return <NumberField label={label} value={value} min={-720} max={720} optional onChange={onChange} />
}

/** One day, or the same of each year. */
function EnergyFields({
  item,
  known,
  onChange,
}: {
  readonly item: TriggerOf<'energy'>
  readonly known: Known
  readonly onChange: (item: Trigger) => void
}) {
  return (
    <>
      <Select
        label={t`Meter`}
        value={item.meter}
        options={known.meters.map(({ id, name }) => ({ id, name }))}
        onChange={(meter) => onChange({ ...item, meter })}
      />
      <NumberField
        label={t`More than`}
        unit={meterUnit(known, item.meter)}
        value={item.over}
        min={0}
        onChange={(over) => over !== undefined && onChange({ ...item, over })}
      />
      <Segmented
        label={t`Within`}
        value={item.period}
        options={[
          { id: 'hour', name: t`An hour` },
          { id: 'day', name: t`A day` },
          { id: 'month', name: t`A month` },
        ]}
        onChange={(period) => onChange({ ...item, period })}
      />
    </>
  )
}

function RunFields({
  item,
  known,
  onChange,
}: {
  readonly item: TriggerOf<'run'>
  readonly known: Known
  readonly onChange: (item: Trigger) => void
}) {
  return (
    <>
      <Select
        label={t`Automation`}
        value={item.automation}
        options={known.automations.map(({ id, name }) => ({ id, name }))}
        onChange={(automation) => onChange({ ...item, automation })}
      />
      <Segmented
        label={t`How it ended`}
        value={item.result}
        options={[
          { id: 'done', name: t`It has run` },
          { id: 'failed', name: t`It has failed` },
        ]}
        onChange={(result) => onChange({ ...item, result })}
      />
    </>
  )
}
