import { AppError } from '@eaves/model'
import {
  accessLogPage,
  accessLogQuery,
  correctionAnswer,
  enrolment,
  enrolmentConfirm,
  enrolmentLook,
  id,
  openedPerson,
  openingAsk,
  openingView,
  retentionState,
  staffQueue,
  staffSelf,
  staffSignIn,
  supportCase,
  supportCaseAsk,
} from '@eaves/model/api'
import { z } from 'zod'
import { isoInstant } from '../deps.ts'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { shownState, type Retention } from '../privacy/privacy.ts'
import type { Staff } from './staff.ts'

/** Everything about staff: their door and console, and what a person sees of them. In a household there is none of it. */
export function staffEntries(staff: Staff, retention: Pick<Retention, 'state' | 'report'>): Entry[] {
  return [...doorEntries(staff), ...consoleEntries(staff), retentionEntry(retention), ...ownEntries(staff)]
}

function doorEntries({ accounts }: Staff): Entry[] {
  const open = (reason: string) => ({ kind: 'public', beforeClaim: false, reason }) as const
  return [
    entry({
      method: 'post',
      path: '/api/operator/enrolment',
      summary: 'What stands behind the link that was printed once: whose account, and the authenticator key',
      access: open('the code of the link is what lets in'),
      body: enrolmentLook,
      answer: enrolment,
      handle: ({ body, caller }) => accounts.look(body.code, caller),
    }),
    entry({
      method: 'post',
      path: '/api/operator/enrolment/confirm',
      summary: 'Set the password and confirm the authenticator; ends the link and signs in',
      access: open('the code of the link is what lets in'),
      body: enrolmentConfirm,
      handle: async ({ body, caller, cookie }) => cookie(await accounts.confirm(body, caller)),
    }),
    entry({
      method: 'post',
      path: '/api/operator/sign-in',
      summary:
        'Staff sign in with name, password and a code of the authenticator; also proves anew who is there',
      access: open('signing in'),
      body: staffSignIn,
      handle: async ({ body, caller, cookie }) => cookie(await accounts.signIn(body, caller)),
    }),
    entry({
      method: 'post',
      path: '/api/operator/sign-out',
      summary: 'End this sign-in of staff',
      access: { kind: 'staff', verb: 'console.read' },
      handle: async ({ caller, cookie }) => {
        accounts.signOut(caller.session)
        cookie(null)
      },
    }),
  ]
}

function consoleEntries({ accounts, openings, queue }: Staff): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/operator/staff',
      summary: 'Who is signed in at the console',
      access: { kind: 'staff', verb: 'console.read' },
      answer: staffSelf,
      handle: async ({ caller }) => {
        const { subject, role } = staffOf(caller)
        const name = accounts.member(subject)?.name
        if (name === undefined) throw new AppError('auth.required')
        return { name, role, until: isoInstant(caller.expiresAt) }
      },
    }),
    entry({
      method: 'get',
      path: '/api/operator/requests',
      summary: 'Requests that wait for an answer, the next due first: ids, kinds and days, and nobody’s name',
      access: { kind: 'staff', verb: 'queue.read' },
      answer: staffQueue,
      handle: () => queue(),
    }),
    entry({
      method: 'post',
      path: '/api/operator/openings',
      summary:
        'Open what a case is about, for an hour at most: a request, a case of support, or an emergency with a reason. The person sees it, refused tries included',
      access: { kind: 'staff', verb: 'case.ask', stepUp: 'opens something of a person' },
      body: openingAsk,
      answer: openingView,
      status: 201,
      handle: ({ body, caller }) => openings.open(staffOf(caller), body),
    }),
    entry({
      method: 'get',
      path: '/api/operator/openings/{opening}',
      summary: 'What was opened; each look is written down for the person',
      access: { kind: 'staff', verb: 'case.ask' },
      params: z.strictObject({ opening: id }),
      answer: openedPerson,
      handle: ({ params, caller }) => openings.read(staffOf(caller), params.opening),
    }),
    entry({
      method: 'post',
      path: '/api/operator/openings/{opening}/answer',
      summary:
        'Answer the correction that was opened: what became of it, in your words; its person is told, and sees who answered by role',
      access: { kind: 'staff', verb: 'case.ask' },
      params: z.strictObject({ opening: id }),
      body: correctionAnswer,
      handle: ({ params, body, caller }) => openings.answer(staffOf(caller), params.opening, body),
    }),
  ]
}

/** What keepers of a household read of their own server; counts of rows, never whose. // pp.ret.1 */
function retentionEntry(retention: Parameters<typeof staffEntries>[1]): Entry {
  return entry({
    method: 'get',
    path: '/api/operator/retention',
    summary: 'What the daily removal did lately, what it could not remove, and when it runs next',
    access: { kind: 'staff', verb: 'retention.read' },
    answer: retentionState,
    handle: () => shownState(retention),
  })
}

function ownEntries({ own }: Staff): Entry[] {
  const inApp = { kind: 'self', verb: 'session.manage' } as const
  return [
    entry({
      method: 'get',
      path: '/api/me/access-log',
      summary:
        'Who of the staff looked at your data or tried to: when, in which role, for which case and what for',
      access: { kind: 'self', verb: 'self.read' },
      query: accessLogQuery,
      answer: accessLogPage,
      handle: ({ query, caller }) => own.log(subjectOf(caller), query),
    }),
    entry({
      method: 'get',
      path: '/api/me/support-cases',
      summary: 'When you let support look at how to reach you',
      access: inApp,
      answer: z.array(supportCase),
      handle: ({ caller }) => own.cases(subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path: '/api/me/support-cases',
      summary: 'Let support look at your address, number and language for some hours',
      access: inApp,
      body: supportCaseAsk,
      answer: supportCase,
      status: 201,
      handle: ({ body, caller }) => own.letIn(subjectOf(caller), body.hours),
    }),
    entry({
      method: 'delete',
      path: '/api/me/support-cases/{case}',
      summary: 'Stop letting support look, at once',
      access: inApp,
      params: z.strictObject({ case: id }),
      handle: ({ params, caller }) => own.end(subjectOf(caller), params.case),
    }),
  ]
}

function staffOf({ principal }: Caller) {
  if (principal.kind !== 'staff') throw new AppError('auth.required')
  return principal
}
