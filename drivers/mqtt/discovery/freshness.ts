import { numberField } from '../payload.ts'
import { forget, type Entity, type Freshness } from './entity.ts'

const longestSeconds = 31_536_000

/** `expire_after`: without a message for so long its values are unknown. */
export function freshnessOf(entity: Entity): Freshness | undefined {
  const seconds = numberField(entity.config, 'expire_after')
  if (seconds === undefined || seconds <= 0) return undefined
  const afterMs = Math.min(seconds, longestSeconds) * 1000
  const { assembly } = entity
  let lastMs = 0
  let isFresh = true
  let isWaiting = false
  // One timer for many messages: it looks how long ago the last one was.
  const wait = (ms: number): void => {
    isWaiting = true
    assembly.setTimer(ms, () => {
      isWaiting = false
      const leftMs = lastMs + afterMs - assembly.now()
      if (leftMs > 0) return wait(leftMs)
      isFresh = false
      entity.targets.forEach(forget)
      assembly.reached()
    })
  }
  assembly.begins.push(() => {
    lastMs = assembly.now()
    isFresh = true
    wait(afterMs)
  })
  return {
    isFresh: () => isFresh,
    seen: () => {
      lastMs = assembly.now()
      if (!isWaiting) wait(afterMs)
      if (isFresh) return
      isFresh = true
      assembly.reached()
    },
  }
}
