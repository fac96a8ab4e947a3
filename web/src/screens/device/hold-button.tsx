import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { asksInsteadOfHold } from '../../data/hold.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/dialog.tsx'

export interface HoldButtonProps {
  readonly label: string
  /** The act alone, for the dialogue's button. */
  readonly verb: string
  /** The question of the dialogue that stands in for the hold on a keyboard. */
  readonly title: string
  /** What follows, under the question. */
  readonly note?: string
  readonly onConfirm: () => void
  readonly disabled?: boolean
  readonly large?: boolean
}
const holdMs = 1000

/** Acts after a hold of one second; by keyboard or screen reader it asks instead, since those cannot hold, and so it does for everybody who chose that. */
export function HoldButton({ label, verb, title, note, onConfirm, disabled, large }: HoldButtonProps) {
  const [holding, setHolding] = useState(false)
  const [asking, setAsking] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const byHand = (type: string): boolean =>
    !asksInsteadOfHold() && (type === 'mouse' || type === 'touch' || type === 'pen')
  const letGo = (): void => {
    setHolding(false)
    clearTimeout(timer.current)
  }
  // Whatever takes the button away, or makes it unusable, under a finger ends the hold.
  useEffect(() => {
    if (disabled === true) letGo()
  }, [disabled])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <>
      <AriaButton
        isDisabled={disabled ?? false}
        onPressStart={(event) => {
          if (byHand(event.pointerType)) {
            setHolding(true)
            timer.current = setTimeout(() => {
              setHolding(false)
              onConfirm()
            }, holdMs)
          }
        }}
        onPressEnd={letGo}
        onPress={(event) => {
          if (!byHand(event.pointerType)) setAsking(true)
        }}
        className={cx(
          'relative min-h-11 overflow-hidden rounded-control border border-control bg-surface px-4 text-card text-ink select-none disabled:opacity-50',
          large && 'min-h-16 w-full',
        )}
      >
        <span
          aria-hidden
          className={cx(
            'absolute inset-y-0 start-0 bg-tint ease-linear',
            holding ? 'w-full transition-[width] duration-1000' : 'w-0',
          )}
        />
        <span className="relative">{asksInsteadOfHold() ? verb : label}</span>
      </AriaButton>
      {asking && (
        <Dialog
          alert
          open
          onClose={() => setAsking(false)}
          title={title}
          actions={
            <>
              <Button variant="quiet" onPress={() => setAsking(false)}>
                <Trans>Cancel</Trans>
              </Button>
              <Button
                variant="primary"
                autoFocus
                onPress={() => {
                  setAsking(false)
                  onConfirm()
                }}
              >
                {verb}
              </Button>
            </>
          }
        >
          <p className="text-muted">{note ?? t`It moves at once.`}</p>
        </Dialog>
      )}
    </>
  )
}
