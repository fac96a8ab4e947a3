import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { isHiddenAddress, mostCalledValues } from '@eaves/model'
import { Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { isAddress, isValueName } from './draft.ts'
import { isWorked, type Action, type ActionOf, type Plain, type Worked } from './shape.ts'
import { WorkedOut } from './worked-out.tsx'

type Call = ActionOf<'webhook'>
type Value = Plain | Worked

/** A number or yes and no is sent as such, whatever else as a text. */
function plainOf(text: string): Plain {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?$/.test(text) ? Number(text) : text
}

function addressFault(url: string): string | undefined {
  if (isHiddenAddress(url)) return t`This is not the whole address. Write it down anew.`
  return url === '' || isAddress(url)
    ? undefined
    : t`An address has to begin with https:// and lead to the open internet.`
}

/** Which address is called, and what is sent to it. */
export function CallFields({
  item,
  onChange,
}: {
  readonly item: Call
  readonly onChange: (item: Action) => void
}) {
  const values = Object.entries(item.body ?? {}) as readonly (readonly [string, Value])[]
  const put = (all: readonly (readonly [string, Value])[]): void => {
    const { body: _body, ...rest } = item
    onChange(all.length === 0 ? rest : { ...rest, body: Object.fromEntries(all) })
  }
  const free = (): string => {
    for (let i = values.length + 1; ; i++)
      if (!values.some(([name]) => name === `value${i}`)) return `value${i}`
  }
  return (
    <>
      <TextField
        label={t`Address`}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        maxLength={500}
        value={item.url}
        hint={t`Whoever has it can often write there. Only those who look after the home see it here.`}
        error={addressFault(item.url)}
        onChange={(url) => onChange({ ...item, url })}
      />
      <p className="text-state text-muted">
        <Trans>
          What stands below leaves your home. It is sent once, as JSON; the answer is not read, and nothing is
          sent again.
        </Trans>
      </p>
      {values.map(([name, value], at) => (
        <ValueRow
          key={at}
          name={name}
          value={value}
          isTaken={(next) => next !== name && values.some(([other]) => other === next)}
          onChange={(next, worth) => put(values.with(at, [next, worth]))}
          onRemove={() => put(values.toSpliced(at, 1))}
        />
      ))}
      {values.length < mostCalledValues && (
        <div>
          <Button icon={Plus} onPress={() => put([...values, [free(), '']])}>
            <Trans>Add a value</Trans>
          </Button>
        </div>
      )}
    </>
  )
}

function ValueRow({
  name,
  value,
  isTaken,
  onChange,
  onRemove,
}: {
  readonly name: string
  readonly value: Value
  readonly isTaken: (name: string) => boolean
  readonly onChange: (name: string, value: Value) => void
  readonly onRemove: () => void
}) {
  return (
    <div className="grid gap-2 rounded-control bg-surface-2 p-3">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
        <TextField
          label={t`Name`}
          value={name}
          maxLength={64}
          spellCheck={false}
          error={isValueName(name) ? undefined : t`A letter first, then letters and digits.`}
          onChange={(next) => {
            if (!isTaken(next)) onChange(next, value)
          }}
        />
        <IconButton icon={Trash2} label={t`Remove ${name}`} onPress={onRemove} />
      </div>
      <WorkedOut label={t`Value`} value={value} onChange={(next) => onChange(name, next)}>
        <TextField
          label={t`Value`}
          value={isWorked(value) ? '' : String(value)}
          maxLength={256}
          hint={t`A number, and true or false, are sent as such; all else as a text.`}
          onChange={(text) => onChange(name, plainOf(text))}
        />
      </WorkedOut>
    </div>
  )
}
