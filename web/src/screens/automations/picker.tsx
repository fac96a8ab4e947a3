import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { ChevronLeft } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Abilities } from './abilities.ts'
import type { Kit } from './kits.ts'
import type { Known } from './known.ts'
import { aimName } from './names.ts'
import { aimOf, isAimed, type Aim } from './shape.ts'
import { WithAbilities, What } from './what.tsx'
import { Line, Lines, Where } from './where.tsx'

export type Stage = 'where' | 'what' | 'details'
interface PickerProps<T> {
  readonly home: string
  readonly known: Known
  readonly kit: Kit<T>
  readonly depth: number
  /** Where it begins, and with what; nothing yet when something is added. */
  readonly stage: Stage
  readonly item: T | undefined
  readonly onDone: (items: readonly T[]) => void
  readonly onClose: () => void
}
const nothing: Abilities = { known: [], vendor: [] }
/** The aim of what stands within, where the opposite is meant. */
const aimIn = (item: object | undefined): Aim | undefined => {
  const inner = item !== undefined && 'condition' in item ? (item.condition as object) : item
  return inner !== undefined && isAimed(inner) ? aimOf(inner) : undefined
}

/** Chooses one thing step by step: whom it is about, what of it, and the rest. */
export function Picker<T extends object>(props: PickerProps<T>) {
  const { home, known, kit, onDone, onClose } = props
  const [stage, setStage] = useState(props.stage)
  const [item, setItem] = useState(props.item)
  const [aim, setAim] = useState(() => aimIn(props.item))
  const choose = (items: readonly T[], isOpen: boolean): void => {
    if (!isOpen) return onDone(items)
    setItem(items[0])
    setStage('details')
  }
  const box = useRef<HTMLDivElement>(null)
  const finish = (chosen: T): void => {
    // What a field shows as wrong is not in the item: taken as it is, the old value would stand there unnoticed.
    const wrong = box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (wrong) wrong.focus()
    else onDone([chosen])
  }
  const name = aim && aimName(aim, known, kit.all).replaceAll(/[\u2068\u2069]/g, '')
  return (
    <Dialog
      open
      onClose={onClose}
      title={titleOf(kit, stage, name)}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          {stage === 'details' && item !== undefined && (
            <Button variant="primary" onPress={() => finish(item)}>
              <Trans>Done</Trans>
            </Button>
          )}
        </>
      }
    >
      {stage !== 'where' && (aim !== undefined || stage === 'what') && (
        <button
          type="button"
          onClick={() => setStage(stage === 'details' && aim !== undefined ? 'what' : 'where')}
          className="-ms-2 inline-flex min-h-11 items-center gap-1 justify-self-start rounded-control px-2 text-card text-accent"
        >
          <Icon of={ChevronLeft} size={18} className="rtl:-scale-x-100" />
          <Trans>Back</Trans>
        </button>
      )}
      {stage === 'where' && (
        <Begin {...props} choose={choose} onAim={(to) => (setAim(to), setStage('what'))} />
      )}
      {stage === 'what' && aim !== undefined && (
        <What
          home={home}
          aim={aim}
          known={known}
          choicesOf={kit.choices}
          onAim={setAim}
          onChoose={({ items, isOpen }) => choose(items, isOpen)}
        />
      )}
      {stage === 'details' && item !== undefined && (
        <div ref={box} className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Details home={home} known={known} kit={kit} item={item} onChange={setItem} />
        </div>
      )}
    </Dialog>
  )
}
function titleOf<T>({ kind }: Kit<T>, stage: Stage, name: string | undefined): string {
  if (stage !== 'where' && name !== undefined) return name
  if (kind === 'trigger') return t`What happens?`
  return kind === 'condition' ? t`What has to be so?` : t`What is to be done?`
}

function Begin<T extends object>({
  known,
  kit,
  depth,
  choose,
  onAim,
}: PickerProps<T> & {
  readonly choose: (items: readonly T[], isOpen: boolean) => void
  readonly onAim: (aim: Aim) => void
}) {
  return (
    <>
      <Lines title={t`Without a device`}>
        {kit.others(known, depth).map(({ name, icon, item, isOpen }) => (
          <Line key={name} icon={icon} name={name} onPress={() => choose([item], isOpen)} />
        ))}
      </Lines>
      <Where known={known} all={kit.all} onChoose={onAim} />
    </>
  )
}

function Details<T extends object>({
  home,
  known,
  kit,
  item,
  onChange,
}: {
  readonly home: string
  readonly known: Known
  readonly kit: Kit<T>
  readonly item: T
  readonly onChange: (item: T) => void
}) {
  const form = (abilities: Abilities) => (
    <kit.Details item={item} abilities={abilities} known={known} onChange={onChange} />
  )
  const aim = aimIn(item)
  return aim === undefined ? (
    form(nothing)
  ) : (
    <WithAbilities home={home} aim={aim} known={known}>
      {form}
    </WithAbilities>
  )
}
