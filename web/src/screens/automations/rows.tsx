import { t } from '@lingui/core/macro'
import { ArrowDown, ArrowUp, EllipsisVertical, Plus, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import type { Chips } from './chips.ts'
import { faultsAt, type Fault } from './faults.ts'
import type { Kit } from './kits.ts'
import type { Known } from './known.ts'
import { Picker, type Stage } from './picker.tsx'
import type { RowActs } from './step-trial.tsx'

export interface ListProps<T> {
  readonly home: string
  readonly known: Known
  readonly items: readonly T[]
  readonly onChange: (items: readonly T[]) => void
  /** Where it stands, as the server names places. */
  readonly path: string
  readonly faults: readonly Fault[]
  readonly depth?: number
}
/** Drawn below a row's chips, where it holds more of the same. */
export type Nested<T> = (item: T, onChange: (item: T) => void, path: string) => ReactNode

/** Triggers, conditions or actions, one a row, and a way to add one. */
export function ListEditor<T extends object>({
  home,
  known,
  items,
  onChange,
  path,
  faults,
  depth = 0,
  kit,
  nested,
  isFixed,
  acts,
  most,
}: ListProps<T> & {
  readonly kit: Kit<T>
  readonly nested?: Nested<T>
  /** Too deep for the form: shown and kept as it is. */
  readonly isFixed?: (item: T) => boolean
  readonly acts?: RowActs<T>
  readonly most: number
}) {
  const [open, setOpen] = useState<{ readonly stage: Stage; readonly at: number | undefined }>()
  const put = (at: number, ...instead: readonly T[]): void => onChange(items.toSpliced(at, 1, ...instead))
  const done = (chosen: readonly T[]): void => {
    if (open?.at === undefined) onChange([...items, ...chosen])
    else put(open.at, ...chosen)
    setOpen(undefined)
  }
  const swap = (at: number, to: number): void => {
    const [one, other] = [items[at]!, items[to]!]
    onChange(items.with(at, other).with(to, one))
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2 empty:hidden">
        {items.map((item, at) => (
          <li
            key={at}
            className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-card border border-line bg-surface p-2"
          >
            <Row
              chips={kit.chips(item, known)}
              phrase={kit.phrase(item, known).replaceAll(/[\u2068\u2069]/g, '')}
              isFixed={isFixed?.(item) ?? false}
              onOpen={(stage) => setOpen({ stage, at })}
              onUp={at > 0 ? () => swap(at, at - 1) : undefined}
              onDown={at < items.length - 1 ? () => swap(at, at + 1) : undefined}
              onRemove={() => put(at)}
              opens={opensOf(item)}
              more={acts?.entries(item, `${path}.${at}`) ?? []}
            />
            {acts?.below(item, `${path}.${at}`)}
            {!(isFixed?.(item) ?? false) && nested?.(item, (next) => put(at, next), `${path}.${at}`)}
            {faultsAt(faults, `${path}.${at}`).map((fault) => (
              <p key={fault} role="alert" className="px-2 text-state text-alert">
                {fault}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {items.length < most && (
        <div>
          <Button variant="quiet" icon={Plus} onPress={() => setOpen({ stage: 'where', at: undefined })}>
            {kit.add()}
          </Button>
        </div>
      )}
      {open && (
        <Picker
          home={home}
          known={known}
          kit={kit}
          depth={depth}
          stage={open.stage}
          item={open.at === undefined ? undefined : items[open.at]}
          onDone={done}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
/** What a press on it opens: its details, the list it was chosen from, or nothing where it holds more of the same. */
function opensOf(item: object): Stage | undefined {
  const { kind, args, device, room, everywhere } = item as Readonly<Record<string, unknown>>
  if (kind === 'and' || kind === 'or' || kind === 'choose') return undefined
  if (kind === 'stop') return 'where'
  const isAct = kind === 'command' || kind === 'event'
  return isAct && args === undefined && (device ?? room ?? everywhere) !== undefined ? 'what' : 'details'
}

function Row({
  chips: { who, what, more },
  phrase,
  isFixed,
  onOpen,
  onUp,
  onDown,
  onRemove,
  opens,
  more: acts,
}: {
  readonly chips: Chips
  readonly phrase: string
  readonly isFixed: boolean
  readonly onOpen: (stage: Stage) => void
  readonly onUp: (() => void) | undefined
  readonly onDown: (() => void) | undefined
  readonly onRemove: () => void
  readonly opens: Stage | undefined
  readonly more: readonly MenuEntry[]
}) {
  const entries = [
    ...acts,
    ...(onUp ? [{ id: 'up', name: t`Move up`, icon: ArrowUp, run: onUp }] : []),
    ...(onDown ? [{ id: 'down', name: t`Move down`, icon: ArrowDown, run: onDown }] : []),
    { id: 'remove', name: t`Remove`, icon: Trash2, danger: true, run: onRemove },
  ]
  return (
    <div className="flex items-start gap-2">
      <div className="flex min-w-0 grow flex-wrap gap-2">
        {isFixed ? (
          <p className="px-2 py-2.5">
            {phrase}
            <span className="block text-state text-muted">{t`This is too deep for the form. It stays as it is.`}</span>
          </p>
        ) : (
          <>
            {who !== undefined && <Chip onPress={() => onOpen('where')}>{who}</Chip>}
            {opens === undefined ? (
              <p className="px-2 py-2.5 text-muted">{what}</p>
            ) : (
              <Chip onPress={() => onOpen(opens)}>{what}</Chip>
            )}
            {more !== undefined && <Chip onPress={() => onOpen('details')}>{more}</Chip>}
          </>
        )}
      </div>
      <Menu
        trigger={<IconButton icon={EllipsisVertical} label={t`More: ${phrase}`} />}
        label={phrase}
        entries={entries}
      />
    </div>
  )
}
function Chip({ children, onPress }: { readonly children: string; readonly onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      // Half of its least height: a long one keeps its words clear of the corners.
      className="press min-h-11 min-w-0 rounded-[1.375rem] border border-control bg-surface-2 px-4 py-2 text-start text-card wrap-anywhere"
    >
      {children}
    </button>
  )
}
