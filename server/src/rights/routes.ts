import { mostArchiveBytes } from '@eaves/model'
import {
  breachCases,
  bringAsk,
  bringReport,
  correctionAnswer,
  correctionsQuery,
  erasureView,
  held,
  heldQuery,
  id,
  packageLink,
  requestAsk,
  requestView,
  waitingCorrections,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { guardianEntries } from './guardian-routes.ts'
import { withoutValues } from './held.ts'
import { standing, takesProof } from './requests.ts'
import type { Rights } from './rights.ts'

export interface RightsRoutesDeps {
  readonly rights: Rights
  /** Throws unless the caller has proved in the last minutes who they are. */
  readonly freshly: (caller: Caller) => void
}
const requestPath = z.strictObject({ request: id })
/** Of the person in the app alone: a token shows nobody everything and ends nobody. // pp.4.3 */
const own = {
  kind: 'self',
  verb: 'session.manage',
  // Whoever refuses a text leaves with what is theirs. // sa.1 pp.7.2
  withoutAgreement: 'seeing what is held, leaving and deleting',
} as const

/** What is held, and requests about it. // pp.4.4.a pp.8 */
export function rightsEntries({ rights, freshly }: RightsRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/held',
      summary:
        'Everything held about you: what for, on which basis, how long, who gets it; with a fresh proof the values too',
      access: own,
      query: heldQuery,
      answer: held,
      handle: async ({ query, caller }) => {
        if (query.values !== undefined) freshly(caller) // pp.4.3
        const found = await rights.held(subjectOf(caller), query.locale)
        return query.values === undefined ? withoutValues(found) : found
      },
    }),
    entry({
      method: 'get',
      path: '/api/me/requests',
      summary: 'Your requests about your data, newest first',
      access: own,
      answer: z.array(requestView),
      handle: ({ caller }) => rights.list(subjectOf(caller)),
    }),
    entry({
      method: 'post',
      path: '/api/me/requests',
      summary:
        'Ask for a copy, for erasure, restriction, an end of a purpose, or say what is wrong; copy and erasure take a fresh proof',
      access: own,
      body: requestAsk,
      answer: requestView,
      status: 201,
      handle: async ({ body, caller }) => {
        if (takesProof.has(body.kind)) freshly(caller) // pp.4.3
        return rights.ask(subjectOf(caller), body)
      },
    }),
    entry({
      method: 'get',
      path: '/api/me/requests/{request}',
      summary: 'One request with its plan and the result of each place',
      access: own,
      params: requestPath,
      answer: requestView,
      handle: ({ params, caller }) => rights.read(subjectOf(caller), params.request),
    }),
    entry({
      method: 'delete',
      path: '/api/me/requests/{request}',
      summary: 'Take a request back, or lift a restriction or objection, which takes a fresh proof',
      access: own,
      params: requestPath,
      answer: requestView,
      status: 200,
      handle: async ({ params, caller }) => {
        const { kind } = await rights.read(subjectOf(caller), params.request)
        // Whoever holds an old sign-in of somebody must not set their data going again; stopping an erasure takes none.
        if (standing.has(kind)) freshly(caller) // pp.4.3
        return rights.end(subjectOf(caller), params.request)
      },
    }),
    ...copyEntries(rights),
    bringEntry(rights),
    ...erasureEntries(rights),
    ...correctionEntries(rights.corrections),
    ...guardianEntries(rights.ofChild, freshly),
  ]
}

function copyEntries(rights: Rights): Entry[] {
  return [
    entry({
      method: 'post',
      path: '/api/me/requests/{request}/links',
      summary: 'A link to the copy, good once and for a day at most, for you alone',
      access: { ...own, stepUp: 'the copy shows everything' },
      params: requestPath,
      answer: packageLink,
      status: 201,
      handle: ({ params, caller }) => rights.link(subjectOf(caller), params.request),
    }),
    entry({
      method: 'get',
      path: '/api/me/packages/{code}',
      summary: 'The copy behind a link, as a ZIP of JSON, its JSON Schema and CSV',
      access: own,
      params: z.strictObject({ code: z.string().min(8).max(100) }),
      answer: z.string().meta({ format: 'binary' }),
      mediaType: 'application/zip',
      handle: ({ params, caller }) => rights.fetch(subjectOf(caller), params.code),
    }),
  ]
}

function bringEntry(rights: Rights): Entry {
  return entry({
    method: 'post',
    path: '/api/me/import',
    summary: 'Bring along a copy from another server: preferences, and homes you own with floors and rooms',
    access: { kind: 'self', verb: 'session.manage' },
    body: bringAsk,
    maxBytes: mostArchiveBytes * 1.5,
    answer: bringReport,
    status: 200,
    handle: ({ body, caller }) => rights.bring(subjectOf(caller), body),
  })
}

function erasureEntries(rights: Rights): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/erasures/{erasure}',
      summary:
        'How far an erasure is, and its signed certificate; whoever was erased cannot sign in to see it',
      access: {
        kind: 'public',
        beforeClaim: true,
        reason: 'names nobody, and is found by a random id that only the erased person was told',
      },
      params: z.strictObject({ erasure: id }),
      answer: erasureView,
      handle: ({ params }) => rights.erasure(params.erasure),
    }),
    entry({
      method: 'get',
      path: '/api/instance/cases',
      summary: 'Cases of data said to be used against a promise; they name nobody',
      access: { kind: 'instance', verb: 'instance.read' },
      answer: breachCases,
      handle: () => rights.cases(),
    }),
  ]
}

/** What people of a household say is wrong with what is held about them, for those who keep a home on it. // pp.4.4.a pp.8 */
function correctionEntries(corrections: Rights['corrections']): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/instance/corrections',
      summary:
        'Corrections that wait for an answer: the field, what its person says is wrong, and where they are reached',
      access: { kind: 'instance', verb: 'instance.answer' },
      query: correctionsQuery,
      answer: waitingCorrections,
      handle: ({ query, caller }) => corrections.waiting(subjectOf(caller), query.locale),
    }),
    entry({
      method: 'post',
      path: '/api/instance/corrections/{request}',
      summary:
        'Answer a correction: what became of it, in your words; its person is told that there is an answer',
      access: { kind: 'instance', verb: 'instance.answer' },
      params: requestPath,
      body: correctionAnswer,
      handle: ({ params, body }) => corrections.answer(params.request, body),
    }),
  ]
}
