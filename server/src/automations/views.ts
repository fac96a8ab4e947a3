import type { AutomationStop, AutomationView, RunResult, RunStep, RunView } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Next } from './compiled.ts'
import { Run } from './run.ts'
import type { Kept, KeptRun } from './store.ts'

export function viewOf(
  { id, body, enabled, author, version, changedAt }: Kept,
  stopped: AutomationStop | undefined,
  last: { readonly at: number; readonly result: RunResult } | undefined,
  next: Next | undefined,
): AutomationView {
  return {
    id,
    ...body,
    conditions: body.conditions ?? [],
    mode: body.mode ?? 'single',
    labels: body.labels ?? [],
    enabled,
    version,
    ...(author === undefined ? {} : { author }),
    changedAt: isoInstant(changedAt),
    ...(last === undefined ? {} : { lastRun: { at: isoInstant(last.at), result: last.result } }),
    ...(next === undefined ? {} : { next: { at: isoInstant(next.at), trigger: next.trigger } }),
    ...(stopped === undefined ? {} : { stopped }),
  }
}

/** A run as people read it, whether it goes on or was kept. */
export function runViewOf(run: Run | KeptRun): RunView {
  const { version, steps, more = 0, folded = 0 } = run instanceof Run ? run.trace() : run.trace
  return {
    id: run.id,
    automation: run.automation,
    version,
    at: isoInstant(run.at),
    ...(run.endedAt === undefined ? {} : { endedAt: isoInstant(run.endedAt) }),
    result: run.result,
    steps: steps as RunStep[],
    ...(more > 0 ? { more } : {}),
    ...(folded > 0 ? { folded } : {}),
  }
}
