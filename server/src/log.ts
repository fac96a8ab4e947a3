import type { LogFieldClass } from '@eaves/model'

const operational = (reason: string): LogFieldClass => ({ class: 'operational', reason })
const pseudonym = (reason: string): LogFieldClass => ({ class: 'pseudonym', reason })

/** The closed list of what a log line may hold. No name, address, topic, value or credential has an entry, so none can be written. // pp.2.2.3 */
export const logFields = {
  reference: pseudonym('random id that joins an answer to its line'),
  home: pseudonym('random id of a home'),
  connection: pseudonym('random id of a connection'),
  driver: operational('id of a driver'),
  route: operational('the pattern of a route, never its parameters'),
  method: operational('HTTP method'),
  status: operational('HTTP status'),
  code: operational('code of the error table'),
  attempt: operational('a count of tries'),
  count: operational('a number of things'),
  durationMs: operational('how long something took'),
  delayMs: operational('how long something waits'),
  port: operational('a port of this server'),
  pid: operational('a process of this server'),
  part: operational('a part of the program'),
  job: operational('kind of a job'),
  version: operational('version of the program or a schema'),
  signal: operational('name of a signal'),
  exitCode: operational('exit code of a process'),
  stack: operational('stack of a fault: file names and lines of the program, never its message'),
  errno: operational('error number name of the operating system, such as ENOSPC'),
  store: operational('which of the stores'),
} as const satisfies Record<string, LogFieldClass>

export type LogFields = { readonly [F in keyof typeof logFields]?: string | number | boolean }
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export interface Log {
  readonly debug: (event: string, fields?: LogFields) => void
  readonly info: (event: string, fields?: LogFields) => void
  readonly warn: (event: string, fields?: LogFields) => void
  readonly error: (event: string, fields?: LogFields) => void
}

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

/** A log of JSON lines. `event` is a fixed text of ours; `write` takes one line. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void,
  now: () => number = () => Date.now(),
): Log {
  const at = order.indexOf(level)
  const line = (name: LogLevel) => (event: string, fields?: LogFields) => {
    if (order.indexOf(name) < at) return
    const kept: Record<string, unknown> = { at: new Date(now()).toISOString(), level: name, event }
    for (const [key, value] of Object.entries(fields ?? {}))
      if (Object.hasOwn(logFields, key) && value !== undefined) kept[key] = value
    write(JSON.stringify(kept))
  }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}
/** The stack without its message: what an error says may quote personal data. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return typeof error
  return (
    error.name +
    '\n' +
    error.stack
      .split('\n')
      .filter((l) => /^\s+at /.test(l))
      .slice(0, 12)
      .join('\n')
  )
}
