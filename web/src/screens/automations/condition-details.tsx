import { t } from '@lingui/core/macro'
import { alarmStates } from '@eaves/model'
import { Checkbox } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { alarmIs } from './alarm-words.ts'
import { rangeOf } from './abilities.ts'
import { CalendarConditionFields } from './calendar-fields.tsx'
import { TimeField } from './date-field.tsx'
import { BandFields, DurationField, ValueField, WeekdaysField } from './fields.tsx'
import { ModeField } from './mode-fields.tsx'
import { PlaceFields } from './place-fields.tsx'
import { PriceFields } from './price-fields.tsx'
import { PresenceFields } from './presence-fields.tsx'
import { reading } from './said.ts'
import { aimOf, type Condition, type ConditionOf } from './shape.ts'
import { OffsetField, without, type DetailsProps } from './trigger-details.tsx'

/** What has to be said of a condition besides whom it is about; and whether the opposite is meant. */
export function ConditionDetails({ item, ...rest }: DetailsProps<Condition>) {
  const { onChange } = rest
  const inner = item.kind === 'not' ? item.condition : item
  return (
    <>
      <Inner
        {...rest}
        item={inner}
        onChange={(condition) => onChange(item.kind === 'not' ? { kind: 'not', condition } : condition)}
      />
      <Checkbox
        selected={item.kind === 'not'}
        onChange={(isNot) => onChange(isNot ? { kind: 'not', condition: inner } : inner)}
      >
        {t`The opposite is meant`}
      </Checkbox>
    </>
  )
}

function Inner({ item, abilities, known, onChange }: DetailsProps<Condition>) {
  switch (item.kind) {
    case 'state':
      return (
        <>
          <ValueField
            label={reading(item.capability, item.attribute)}
            capability={item.capability}
            attribute={item.attribute}
            value={item.is}
            range={rangeOf(abilities, item.capability, item.attribute)}
            onChange={(is) => onChange({ ...item, is })}
          />
          <Match item={item} onChange={onChange} />
          <DurationField
            label={t`It has been so for`}
            none={t`it is so now`}
            seconds={item.forSeconds}
            onChange={(seconds) =>
              onChange({
                ...without(item, 'forSeconds'),
                ...(seconds === undefined ? {} : { forSeconds: seconds }),
              } as Condition)
            }
          />
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
            onChange={(band) => onChange({ ...without(item, 'above', 'below'), ...band } as Condition)}
          />
          <Match item={item} onChange={onChange} />
        </>
      )
    case 'time':
      return <TimeFields item={item} onChange={onChange} />
    case 'sun':
      return <SunFields item={item} onChange={onChange} />
    case 'calendar':
      return <CalendarConditionFields item={item} known={known} onChange={onChange} />
    case 'price':
      return <PriceFields item={item} known={known} onChange={onChange} />
    case 'presence':
      return <PresenceFields item={item} known={known} onChange={(next) => onChange(next)} />
    case 'place':
      return <PlaceFields item={item} known={known} onChange={(next) => onChange(next)} />
    case 'mode':
      return (
        <ModeField
          label={t`Mode`}
          value={item.is}
          known={known}
          onChange={(is) => onChange({ ...item, is })}
        />
      )
    case 'alarm':
      return (
        <Select
          label={t`The alarm`}
          value={item.is}
          options={alarmStates.map((id) => ({ id, name: alarmIs(id) }))}
          onChange={(is) => onChange({ ...item, is })}
        />
      )
    case 'expression':
      return (
        <TextField
          label={t`Expression in CEL`}
          value={item.cel}
          onChange={(cel) => onChange({ ...item, cel })}
          maxLength={1_000}
        />
      )
    case 'and':
    case 'or':
    case 'not':
      return null
  }
}

function Match({
  item,
  onChange,
}: {
  readonly item: ConditionOf<'state'> | ConditionOf<'numeric'>
  readonly onChange: (item: Condition) => void
}) {
  if (aimOf(item).device !== undefined) return null
  return (
    <Segmented
      label={t`Of several devices`}
      value={item.match ?? 'any'}
      options={[
        { id: 'any', name: t`One is enough` },
        { id: 'all', name: t`All of them` },
      ]}
      onChange={(match) => onChange({ ...item, match })}
    />
  )
}

function TimeFields({
  item,
  onChange,
}: {
  readonly item: ConditionOf<'time'>
  readonly onChange: (item: Condition) => void
}) {
  const put = (part: Partial<ConditionOf<'time'>>): void => {
    const { after, before, weekdays } = { ...item, ...part }
    const next = {
      ...(after ? { after } : {}),
      ...(before ? { before } : {}),
      ...(weekdays ? { weekdays } : {}),
    }
    if (Object.keys(next).length > 0) onChange({ kind: 'time', ...next })
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TimeField label={t`From`} time={item.after ?? ''} isOptional onChange={(after) => put({ after })} />
        <TimeField
          label={t`Until`}
          time={item.before ?? ''}
          isOptional
          onChange={(before) => put({ before })}
        />
      </div>
      <WeekdaysField days={item.weekdays} onChange={(weekdays) => put({ weekdays })} />
    </>
  )
}

function SunFields({
  item,
  onChange,
}: {
  readonly item: ConditionOf<'sun'>
  readonly onChange: (item: Condition) => void
}) {
  const put = (part: Partial<ConditionOf<'sun'>>): void => {
    const { is, afterMinutes, beforeMinutes } = { ...item, ...part }
    onChange({
      kind: 'sun',
      is,
      ...(afterMinutes === undefined ? {} : { afterMinutes }),
      ...(beforeMinutes === undefined ? {} : { beforeMinutes }),
    })
  }
  return (
    <>
      <Segmented
        label={t`Light outside`}
        value={item.is}
        options={[
          { id: 'day', name: t({ context: 'not night', message: 'Day' }) },
          { id: 'night', name: t`Night` },
          { id: 'dark', name: t`Darkness` },
        ]}
        onChange={(is) => put({ is })}
      />
      <OffsetField
        label={t`It begins so many minutes later`}
        value={item.afterMinutes}
        onChange={(afterMinutes) => put({ afterMinutes })}
      />
      <OffsetField
        label={t`It ends so many minutes later`}
        value={item.beforeMinutes}
        onChange={(beforeMinutes) => put({ beforeMinutes })}
      />
    </>
  )
}
