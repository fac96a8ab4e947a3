import { useEffect, useState } from 'react'

/** Large targets on the whole page, dialogues included, and dark unless this browser was set otherwise. */
export function useWallLooks(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    const before = dataset.theme
    dataset.wall = ''
    if (before === undefined) dataset.theme = 'dark'
    return () => {
      delete dataset.wall
      if (before === undefined) delete dataset.theme
    }
  }, [])
}

const dimAfterMs = 60_000
const awake = ['pointerdown', 'keydown', 'wheel'] as const
/** True once nobody has touched it for a minute; `wake` ends that. */
export function useDim(): { readonly dim: boolean; readonly wake: () => void } {
  const [dim, setDim] = useState(false)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setDim(true), dimAfterMs)
    const touched = (): void => setTurn((n) => n + 1)
    for (const event of awake) addEventListener(event, touched, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const event of awake) removeEventListener(event, touched)
    }
  }, [turn])
  return {
    dim,
    wake: () => {
      setDim(false)
      setTurn((n) => n + 1)
    },
  }
}

const shiftEveryMs = 120_000
const places = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
] as const
/** Moves the picture by two pixels every two minutes, so that no edge burns into the screen. */
export function useShift(): string {
  const [step, setStep] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setStep((n) => n + 1), shiftEveryMs)
    return () => clearInterval(timer)
  }, [])
  const [x, y] = places[step % places.length]!
  return `${x}px ${y}px`
}

/** The instant, anew with each minute. */
export function useMinute(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000))
    return () => clearTimeout(timer)
  }, [now])
  return now
}
