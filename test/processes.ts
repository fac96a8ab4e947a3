import { readdirSync, readFileSync } from 'node:fs'

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isGone(error)) return ''
    throw error
  }
}

/** The processes that this one has started and that live now. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => {
      const stat = read(`/proc/${each}/stat`)
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid
    })
}

/** Resident memory of the process and its children, in MiB. */
export function residentMiB(pid: number): number {
  const kibibytes = [pid, ...childrenOf(pid)].map((each) =>
    Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${each}/status`))?.[1] ?? 0),
  )
  return kibibytes.reduce((sum, each) => sum + each, 0) / 1024
}
