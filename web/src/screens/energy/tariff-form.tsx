import type { MeterView, Tariff } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useChangeMeters } from '../../data/energy.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { toasts } from '../../ui/toasts.ts'
import { PriceList } from './price-list.tsx'
import {
  daysOf,
  formOf,
  isCurrency,
  isQuarter,
  numberOf,
  tariffOf,
  type DaysWord,
  type TariffForm,
  type TierForm,
  type WindowForm,
} from './tariff.ts'
import { isNotBelowZero, numberFault, unitWord } from './words.ts'

/** The price from a day on: a new one, or another one from the same day. */
export function TariffEditor({ home, meter }: { readonly home: string; readonly meter: MeterView }) {
  const { live } = useConnection()
  const { edit, remove } = useChangeMeters(home)
  const [form, setForm] = useState<TariffForm>(() => formOf(meter.tariffs.at(-1)))
  const [co2, setCo2] = useState(meter.co2GramsPerUnit === undefined ? '' : String(meter.co2GramsPerUnit))
  const [asking, setAsking] = useState(false)
  const change = (over: Partial<TariffForm>): void => setForm({ ...form, ...over })
  const tariff: Tariff | undefined = tariffOf(form)
  const grams = co2.trim() === '' ? null : numberOf(co2)
  const unit = unitWord[meter.unit]
  const { name } = meter
  const save = (): void => {
    if (tariff === undefined || grams === undefined) return
    edit.mutate(
      {
        ...{ meter: meter.id, version: meter.version, co2GramsPerUnit: grams },
        tariffs: [...meter.tariffs.filter((one) => one.from !== tariff.from), tariff],
      },
      { onSuccess: () => toasts.show(t`Saved.`) },
    )
  }
  const byList = form.factor !== undefined
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 py-2">
      <Failure error={edit.error ?? remove.error} />
      {meter.unit === 'kilowattHours' && meter.kind !== 'gas' && (
        <Segmented
          label={t`How the price is set`}
          options={[
            { id: 'here', name: t`As written here` },
            { id: 'list', name: t`By a list of hours` },
          ]}
          value={byList ? 'list' : 'here'}
          onChange={(id) => change({ factor: id === 'list' ? '1' : undefined })}
        />
      )}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TextField
          label={t`Valid from`}
          type="date"
          value={form.from}
          onChange={(from) => change({ from })}
        />
        <TextField
          label={t`Currency`}
          value={form.currency}
          onChange={(text) => change({ currency: text.toUpperCase() })}
          maxLength={3}
          error={
            form.currency === '' || isCurrency(form.currency)
              ? undefined
              : t`A currency has three letters, such as EUR.`
          }
        />
        {form.factor !== undefined && (
          <TextField
            label={t`Price of the list times`}
            inputMode="decimal"
            value={form.factor}
            onChange={(factor) => change({ factor })}
            error={numberFault(form.factor, (factor) => factor >= 0 && factor <= 10)}
            hint={t`1 leaves it as it is, 1.2 adds a fifth of tax.`}
          />
        )}
        <TextField
          label={byList ? t`On top for one ${unit}` : t`Price of one ${unit}`}
          inputMode="decimal"
          value={form.price}
          onChange={(price) => change({ price })}
          error={numberFault(form.price)}
          {...(byList ? { hint: t`Grid fees and whatever else comes on top, with tax.` } : {})}
        />
        <TextField
          label={t`Each day besides`}
          inputMode="decimal"
          value={form.standing}
          onChange={(standing) => change({ standing })}
          error={numberFault(form.standing, isNotBelowZero)}
        />
        <TextField
          label={t`CO₂ of one ${unit}, in grams`}
          inputMode="decimal"
          value={co2}
          onChange={setCo2}
          error={numberFault(co2)}
          hint={t`Left empty, none is worked out.`}
        />
      </div>
      {form.tiers.length === 0 && <Windows form={form} change={change} />}
      {form.windows.length === 0 && !byList && <Tiers form={form} change={change} unit={unit} />}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          isDisabled={tariff === undefined || grams === undefined || !live || edit.isPending}
          onPress={save}
        >
          <Trans>Save the price</Trans>
        </Button>
        <Button variant="quiet" isDisabled={!live} onPress={() => setAsking(true)}>
          <Trans>Take the meter away</Trans>
        </Button>
      </div>
      {(byList || meter.tariffs.some(({ list }) => list !== undefined)) && (
        <PriceList home={home} meter={meter} />
      )}
      <Confirm
        open={asking}
        title={t`Take ${name} away?`}
        verb={t`Take the meter away`}
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate(meter.id, { onSettled: () => setAsking(false) })}
      >
        <p>
          <Trans>Its prices and corrections go. What its device has reported stays.</Trans>
        </p>
      </Confirm>
    </div>
  )
}

const quarterFault = (time: string): string | undefined =>
  time === '' || isQuarter(time) ? undefined : t`Choose a full quarter of an hour, such as 22:15.`

interface PartProps {
  readonly form: TariffForm
  readonly change: (over: Partial<TariffForm>) => void
}
/** Times at which another price holds. */
function Windows({ form: { windows, factor }, change }: PartProps) {
  const names: Readonly<Record<DaysWord, string>> = {
    every: t`Every day`,
    work: t`Monday to Friday`,
    rest: t`Saturday and Sunday`,
    other: t`As it was set`,
  }
  const put = (index: number, over: Partial<WindowForm>): void =>
    change({ windows: windows.map((each, at) => (at === index ? { ...each, ...over } : each)) })
  return (
    <>
      {windows.map((window, index) => (
        <Part
          key={index}
          name={t`Price at certain times`}
          onRemove={() => change({ windows: windows.filter((_each, at) => at !== index) })}
        >
          <TextField
            label={factor === undefined ? t`Price then` : t`On top then`}
            inputMode="decimal"
            value={window.price}
            onChange={(price) => put(index, { price })}
            error={numberFault(window.price)}
          />
          <Select
            label={t`On which days`}
            options={(['every', 'work', 'rest', ...(daysOf[window.word] ? [] : ['other'])] as DaysWord[]).map(
              (id) => ({ id, name: names[id] }),
            )}
            value={window.word}
            onChange={(word) => put(index, { word })}
          />
          <TextField
            label={t`From what time`}
            type="time"
            value={window.from}
            onChange={(from) => put(index, { from })}
            error={quarterFault(window.from)}
          />
          <TextField
            label={t`Until what time`}
            type="time"
            value={window.to}
            onChange={(to) => put(index, { to })}
            error={quarterFault(window.to)}
            hint={t`A quarter of an hour; it may lie on the next day.`}
          />
        </Part>
      ))}
      <div>
        <Button
          variant="quiet"
          onPress={() =>
            change({
              windows: [...windows, { word: 'every', days: [], from: '22:00', to: '06:00', price: '' }],
            })
          }
        >
          <Trans>Add a time with another price</Trans>
        </Button>
      </div>
    </>
  )
}

/** Amounts of a month from which on each further unit costs something else. */
function Tiers({ form: { tiers }, change, unit }: PartProps & { readonly unit: string }) {
  const put = (index: number, over: Partial<TierForm>): void =>
    change({ tiers: tiers.map((each, at) => (at === index ? { ...each, ...over } : each)) })
  return (
    <>
      {tiers.map((tier, index) => (
        <Part
          key={index}
          name={t`Price from an amount on`}
          onRemove={() => change({ tiers: tiers.filter((_each, at) => at !== index) })}
        >
          <TextField
            label={t`Above so many ${unit} in a month`}
            inputMode="decimal"
            value={tier.above}
            onChange={(above) => put(index, { above })}
            error={numberFault(
              tier.above,
              (above) => above > (numberOf(tiers[index - 1]?.above ?? '0') ?? 0),
            )}
          />
          <TextField
            label={t`Price then`}
            inputMode="decimal"
            value={tier.price}
            onChange={(price) => put(index, { price })}
            error={numberFault(tier.price)}
          />
        </Part>
      ))}
      <div>
        <Button variant="quiet" onPress={() => change({ tiers: [...tiers, { above: '', price: '' }] })}>
          <Trans>Add an amount from which the price changes</Trans>
        </Button>
      </div>
    </>
  )
}

function Part({
  name,
  onRemove,
  children,
}: {
  readonly name: string
  readonly onRemove: () => void
  readonly children: ReactNode
}) {
  return (
    <fieldset className="grid items-start gap-4 border-s-2 border-line ps-4 md:grid-cols-2">
      <legend className="sr-only">{name}</legend>
      {children}
      <div>
        <Button variant="quiet" onPress={onRemove}>
          <Trans>Remove</Trans>
        </Button>
      </div>
    </fieldset>
  )
}
