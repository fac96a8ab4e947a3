import { t } from '@lingui/core/macro'
import { useEffect, useRef, useState } from 'react'
import uPlot, { type AlignedData, type Axis } from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { Button } from '../../ui/button.tsx'
import type { Columns } from './plot-data.ts'
import type { SpanKind } from './span.ts'
import { formatLocale } from '../../words/formats.ts'

interface Drawn {
  readonly before: Columns | undefined
  readonly kind: SpanKind
  readonly fromMs: number
  readonly toMs: number
  readonly zone: string
  /** Drawn as a surface in percent of the time, not as a line with its reach. */
  readonly isShare: boolean
  /** The same function as long as it says the same: the chart is made anew with another. */
  readonly format: (value: number) => string
}
interface PlotProps extends Drawn {
  readonly now: Columns
  readonly label: string
}
const height = 220
const fewPoints = 60
/** Ticks that are closer than what is written of them are named once. */
const eachOnce = (names: readonly string[]): string[] =>
  names.map((name, i) => (name === names[i - 1] ? '' : name))

/** The chart of one value: a line through the means within the reach of what was; drag over a part to see it larger. */
export function Plot({ now, before, kind, fromMs, toMs, zone, isShare, format, label }: PlotProps) {
  const holder = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const [isZoomed, setZoomed] = useState(false)
  const look = useLook()
  useEffect(() => {
    const at = holder.current
    if (!at) return undefined
    const drawn = { before, kind, fromMs, toMs, zone, isShare, format }
    const table = now as unknown as AlignedData
    const made = new uPlot(
      optionsOf(drawn, look, at.clientWidth, setZoomed),
      before ? uPlot.join([table, [before[0], before[3]]]) : table,
      at,
    )
    plot.current = made
    const sized = new ResizeObserver(() => made.setSize({ width: at.clientWidth, height }))
    sized.observe(at)
    return () => {
      sized.disconnect()
      made.destroy()
    }
  }, [now, before, kind, fromMs, toMs, zone, isShare, format, look])
  return (
    <div className="grid gap-2">
      <div ref={holder} role="img" aria-label={label} className="min-w-0 touch-pan-y overflow-hidden" />
      {isZoomed && (
        <div>
          <Button onPress={() => plot.current?.setScale('x', { min: fromMs / 1_000, max: toMs / 1_000 })}>
            {t`Show the whole span`}
          </Button>
        </div>
      )}
    </div>
  )
}

interface Look {
  readonly ink: string
  readonly line: string
  readonly accent: string
  readonly fill: string
  readonly font: string
}
/** The colours of the page as they are now; a canvas does not follow the style sheet by itself. */
function useLook(): Look {
  const [look, setLook] = useState(readLook)
  useEffect(() => {
    const again = (): void => setLook(readLook())
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const theme = new MutationObserver(again)
    scheme.addEventListener('change', again)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => {
      scheme.removeEventListener('change', again)
      theme.disconnect()
    }
  }, [])
  return look
}
function readLook(): Look {
  const probe = document.createElement('span')
  document.body.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const accent = colour('accent')
  const look = {
    ink: colour('muted'),
    line: colour('line'),
    accent,
    fill: accent.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.18)'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
  }
  probe.remove()
  return look
}

function optionsOf(
  { before, kind, fromMs, toMs, zone, isShare, format }: Drawn,
  look: Look,
  width: number,
  zoomed: (isZoomed: boolean) => void,
): uPlot.Options {
  const [from, to] = [fromMs / 1_000, toMs / 1_000]
  const axis: Axis = {
    stroke: look.ink,
    font: look.font,
    grid: { stroke: look.line, width: 1 },
    ticks: { stroke: look.line, width: 1 },
  }
  const words = timeWords(kind, zone)
  const mean: uPlot.Series = {
    stroke: look.accent,
    width: 2,
    // A line through few points is too short to be seen.
    points: { show: ({ data }) => !isShare && data[0].length <= fewPoints, size: 6, fill: look.accent },
  }
  const stepped = uPlot.paths.stepped!({ align: 1 })
  const hidden: uPlot.Series = { stroke: 'transparent', points: { show: false } }
  return {
    width,
    height,
    padding: [8, 28, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), zone),
    cursor: { drag: { x: true, y: false }, points: { show: false } },
    scales: {
      x: {
        time: true,
        range: (_plot, low, high) => [Math.max(from, low), Math.min(to, high)],
        min: from,
        max: to,
      },
      y: isShare ? { range: [0, 100] } : { range: { min: { pad: 0.1 }, max: { pad: 0.1 } } },
    },
    axes: [
      { ...axis, values: (_plot, ticks) => ticks.map(words), space: 64 },
      { ...axis, values: (_plot, ticks) => eachOnce(ticks.map(format)), size: yWidth },
    ],
    series: [
      {},
      hidden,
      hidden,
      isShare ? { ...mean, paths: stepped, fill: look.fill } : mean,
      ...(before ? [{ stroke: look.ink, width: 1.5, dash: [6, 4], points: { show: false } }] : []),
    ],
    ...(isShare ? {} : { bands: [{ series: [2, 1], fill: look.fill }] }),
    hooks: {
      ready: [(made) => made.setScale('x', { min: from, max: to })],
      setScale: [
        (made, key) => {
          const { min, max } = made.scales.x ?? {}
          if (key === 'x') zoomed((min ?? from) > from || (max ?? to) < to)
        },
      ],
    },
  }
}

/** As wide as its longest word, so that none is cut off. */
const yWidth: Axis.Size = (_plot, values) =>
  18 + 7 * Math.max(4, ...(values ?? []).map((each) => each.length))

/** Hours of a day, days of a week or month, months of a year. */
function timeWords(kind: SpanKind, zone: string): (seconds: number) => string {
  const forms: Readonly<Record<SpanKind, Intl.DateTimeFormatOptions>> = {
    day: { hour: 'numeric', minute: '2-digit' },
    week: { weekday: 'short', day: 'numeric' },
    month: { day: 'numeric', month: 'numeric' },
    year: { month: 'short' },
  }
  const long = new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, ...forms[kind] })
  const short = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  })
  const midnight = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  return (seconds) => {
    const isMidnight = midnight.format(seconds * 1_000) === '00:00'
    return (kind === 'day' || isMidnight ? long : short).format(seconds * 1_000)
  }
}
