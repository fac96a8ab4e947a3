import { AppError, type CommandRecord, type CommandRequest, type CommandStatus } from '@eaves/model'
import { groupPart, type LiveDevice } from '../homes/homes.ts'
import type { OpenCommand } from './open.ts'

const longestNames = 300

export interface FanOutDeps {
  /** Sends one member its own command; told every status of it. */
  readonly submit: (
    member: LiveDevice,
    request: CommandRequest,
    onStatus: (record: CommandRecord) => void,
  ) => Promise<CommandRecord>
  /** Whether whoever asked knows of this member at all. */
  readonly isNamed: (member: LiveDevice) => boolean
  readonly sent: () => void
  readonly end: (status: CommandStatus, code?: string, detail?: string) => void
}
interface Answer {
  readonly member: LiveDevice
  status: CommandStatus
  code: string | undefined
  isEnded: boolean
}

/** One wish to a group as a command to each of its members: done when all have done it, failed by name when some have not. */
export function fanOut(open: OpenCommand, deps: FanOutDeps): void {
  const { capability, command, args } = open.checked
  const answers: Answer[] = (open.device.members ?? []).map((member) => ({
    member,
    status: 'accepted',
    code: undefined,
    isEnded: false,
  }))
  for (const answer of answers) {
    const part = groupPart(answer.member, capability)?.shape.id
    const note = (record: CommandRecord): void => {
      Object.assign(answer, {
        status: record.status,
        code: record.reason?.code,
        isEnded: record.at.ended !== undefined,
      })
      weigh(open, answers, deps)
    }
    const request = { capability, command, args, ...(part === undefined ? {} : { part }) }
    deps.submit(answer.member, request, note).catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'server.fault'
      Object.assign(answer, { status: 'failed', code, isEnded: true })
      weigh(open, answers, deps)
    })
  }
}

function weigh(open: OpenCommand, answers: readonly Answer[], deps: FanOutDeps): void {
  if (open.endedAt !== undefined) return
  const isOut = answers.every(({ status }) => status !== 'accepted')
  if (isOut && open.status === 'accepted' && answers.some(({ status }) => status !== 'failed')) deps.sent()
  if (!answers.every((each) => each.isEnded)) return
  const failed = answers.filter(({ status }) => status === 'failed')
  const late = answers.filter(({ status }) => status === 'timed-out')
  const names = [...failed, ...late]
    .filter(({ member }) => deps.isNamed(member))
    .map(({ member }) => member.name)
    .join(', ')
    .slice(0, longestNames)
  if (failed.length > 0) return deps.end('failed', failed[0]!.code ?? 'device.rejected', names)
  if (late.length > 0) return deps.end('timed-out', 'device.timed-out', names)
  deps.end(open.confirmable ? 'confirmed' : 'sent')
}
