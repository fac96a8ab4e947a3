import type { SubjectId } from '@eaves/model'
import { guardianAsk, held, heldQuery, id, packageLink, requestView } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import { withoutValues } from './held.ts'
import type { Rights } from './rights.ts'

const child = '/api/me/children/{child}'
const childPath = z.strictObject({ child: id })
const requestPath = z.strictObject({ child: id, request: id })
/** Of an adult in the app alone; whoever refuses a text still ends what is held of their child. // pp.6 sa.1 */
const guarding = {
  kind: 'self',
  verb: 'session.manage',
  withoutAgreement: 'seeing and ending what is held of a child one answers for',
} as const
const asSubject = (text: string) => text as SubjectId

/** What is held of a child, and requests about it, for the adult who answers for them. // pp.6 */
export function guardianEntries(ofChild: Rights['ofChild'], freshly: (caller: Caller) => void): Entry[] {
  return [
    entry({
      method: 'get',
      path: `${child}/held`,
      summary:
        'Everything held about a child you answer for, with a fresh proof the values too; it is in the child’s own activity that you looked',
      access: guarding,
      params: childPath,
      query: heldQuery,
      answer: held,
      handle: async ({ params, query, caller }) => {
        if (query.values !== undefined) freshly(caller) // pp.4.3
        const found = await ofChild.held(subjectOf(caller), asSubject(params.child), query.locale)
        return query.values === undefined ? withoutValues(found) : found
      },
    }),
    entry({
      method: 'get',
      path: `${child}/requests`,
      summary: 'Requests about the data of a child you answer for, newest first',
      access: guarding,
      params: childPath,
      answer: z.array(requestView),
      handle: ({ params, caller }) => ofChild.list(subjectOf(caller), asSubject(params.child)),
    }),
    entry({
      method: 'post',
      path: `${child}/requests`,
      summary: 'Ask for a copy or the erasure of what is held of a child you answer for',
      access: { ...guarding, stepUp: 'it must be the adult, and not the child at their phone' },
      params: childPath,
      body: guardianAsk,
      answer: requestView,
      status: 201,
      handle: ({ params, body, caller }) => ofChild.ask(subjectOf(caller), asSubject(params.child), body), // pp.4.3
    }),
    entry({
      method: 'get',
      path: `${child}/requests/{request}`,
      summary: 'One request about a child’s data with its plan and the result of each place',
      access: guarding,
      params: requestPath,
      answer: requestView,
      handle: ({ params, caller }) =>
        ofChild.read(subjectOf(caller), asSubject(params.child), params.request),
    }),
    entry({
      method: 'delete',
      path: `${child}/requests/{request}`,
      summary: 'Take back what you asked about a child’s data; an erasure for 72 hours',
      access: guarding,
      params: requestPath,
      answer: requestView,
      status: 200,
      handle: ({ params, caller }) => ofChild.end(subjectOf(caller), asSubject(params.child), params.request),
    }),
    ...copyEntries(ofChild),
  ]
}

function copyEntries(ofChild: Rights['ofChild']): Entry[] {
  return [
    entry({
      method: 'post',
      path: `${child}/requests/{request}/links`,
      summary: 'A link to a copy you asked for, good once and for a day at most, for you alone',
      access: { ...guarding, stepUp: 'the copy shows everything' },
      params: requestPath,
      answer: packageLink,
      status: 201,
      handle: ({ params, caller }) =>
        ofChild.link(subjectOf(caller), asSubject(params.child), params.request),
    }),
    entry({
      method: 'get',
      path: `${child}/packages/{code}`,
      summary: 'The copy behind a link, as a ZIP of JSON, its JSON Schema and CSV',
      access: guarding,
      params: z.strictObject({ child: id, code: z.string().min(8).max(100) }),
      answer: z.string().meta({ format: 'binary' }),
      mediaType: 'application/zip',
      handle: ({ params, caller }) => ofChild.fetch(subjectOf(caller), asSubject(params.child), params.code),
    }),
  ]
}
