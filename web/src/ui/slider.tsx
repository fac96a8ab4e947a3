import { useState } from 'react'
import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { cx } from './cx.ts'

export interface SliderProps {
  readonly label: string
  /** What is asked for or reported; undefined when nothing is known. */
  readonly value: number | undefined
  /** The device's own word, drawn as a ghost mark while it differs. */
  readonly reported?: number | undefined
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly format: (value: number) => string
  /** On each move. */
  readonly onChange: (value: number) => void
  /** When the finger lifts. */
  readonly onChangeEnd?: (value: number) => void
  readonly disabled?: boolean
  readonly size?: 'big' | 'line'
  /** A CSS background for the track, such as a range of whites. */
  readonly track?: string
}

/** A bar to slide along: it keeps the finger's value while it is held, whatever arrives meanwhile. */
export function Slider({
  label,
  value,
  reported,
  min = 0,
  max = 100,
  step = 1,
  format,
  onChange,
  onChangeEnd,
  disabled,
  size = 'line',
  track,
}: SliderProps) {
  const [held, setHeld] = useState<number>()
  const isUnknown = held === undefined && value === undefined
  // A range of colours has no empty end: unknown stands faintly in the middle and claims nothing.
  const shown = held ?? value ?? (track ? (min + max) / 2 : min)
  const part = (of: number): number => Math.min(100, Math.max(0, ((of - min) / (max - min)) * 100))
  const upright = size === 'big'
  const ghost =
    reported !== undefined && Math.abs(part(reported) - part(shown)) > 2 ? part(reported) : undefined
  return (
    <AriaSlider
      aria-label={label}
      orientation={upright ? 'vertical' : 'horizontal'}
      value={shown}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={disabled ?? false}
      onChange={(next) => {
        setHeld(next)
        onChange(next)
      }}
      onChangeEnd={(next) => {
        setHeld(undefined)
        onChangeEnd?.(next)
      }}
      className={cx(upright ? 'h-72 w-32' : 'w-full', disabled && 'opacity-60')}
    >
      <SliderTrack
        data-track
        className={cx(
          'relative block touch-none',
          upright
            ? 'h-full w-full rounded-sheet bg-surface-2 forced-colors:border'
            : 'h-12 w-full rounded-control bg-surface-2 forced-colors:border',
        )}
        {...(track ? { style: { background: track } } : {})}
      >
        <span
          aria-hidden
          className={cx('absolute inset-0 overflow-hidden', upright ? 'rounded-sheet' : 'rounded-control')}
        >
          {!track && (
            <span
              className={cx(
                'absolute bg-tint-fill forced-colors:bg-[Highlight] transition-[height,width] duration-120 ease-calm',
                upright ? 'inset-x-0 bottom-0' : 'inset-y-0 start-0',
              )}
              style={upright ? { height: `${part(shown)}%` } : { width: `${part(shown)}%` }}
            />
          )}
        </span>
        {ghost !== undefined && (
          <span
            aria-hidden
            className={cx('absolute bg-control', upright ? 'inset-x-4 h-0.5' : 'inset-y-2 w-0.5')}
            style={upright ? { bottom: `${ghost}%` } : { insetInlineStart: `${ghost}%` }}
          />
        )}
        <SliderThumb
          aria-valuetext={value === undefined ? '' : format(shown)}
          className={cx(
            'group flex items-center justify-center focus-visible:outline-2 focus-visible:outline-offset-2',
            upright ? 'left-1/2! h-11 w-full' : 'top-1/2! h-full w-11',
          )}
        >
          <span
            className={cx(
              'block rounded-pill bg-white shadow-[0_0_0_2px_#3b3f46]',
              isUnknown && 'opacity-40',
              upright ? 'h-1.5 w-12' : track ? 'size-9' : 'h-8 w-1.5',
            )}
          />
        </SliderThumb>
      </SliderTrack>
    </AriaSlider>
  )
}
