import { AppError, isId, type HomeId, type SubjectId } from '@eaves/model'
import {
  ageSet,
  guardedChild,
  guardianAct,
  guardianNotice,
  guardianState,
  id,
  locale,
  type GuardianState,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Privacy } from './privacy.ts'

const asked = z.strictObject({ locale: locale.default('en') })
const childPath = z.strictObject({ home: id, member: id })
const child = '/api/homes/{home}/members/{member}/guardian'

/** A minor's age, and the consent of the adult who answers for them. // pp.6 */
export function minorEntries({ minors }: Pick<Privacy, 'minors'>): Entry[] {
  return [...ownEntries(minors), ...guardianEntries(minors)]
}

function ownEntries(minors: Privacy['minors']): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/guardian',
      summary: 'Your age group, whether an adult has to agree for you, and whether one has',
      access: { kind: 'self', verb: 'self.read', withoutGuardian: 'what is missing must be seen' },
      answer: guardianState,
      handle: ({ caller }) => minors.state(subjectOf(caller)),
    }),
    entry({
      method: 'put',
      path: '/api/me/age',
      summary: 'Say your age group; a higher one is not taken while an adult decides, or lately refused',
      access: { kind: 'self', verb: 'self.edit', withoutGuardian: 'an age may be corrected' },
      body: ageSet,
      answer: guardianState,
      handle: ({ body, caller }) => minors.stateOwnAge(subjectOf(caller), body.age),
    }),
    entry({
      method: 'get',
      path: '/api/me/children',
      summary: 'The children you answer for, and whether your consent stands for each',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(guardedChild),
      handle: ({ caller }) =>
        Promise.all(
          minors.children(subjectOf(caller)).map(async ({ home, subject, name }) => ({
            ...(await seenBy(minors, subjectOf(caller), subject)),
            home,
            subject,
            ...(name === undefined ? {} : { name }),
          })),
        ),
    }),
    entry({
      method: 'get',
      path: '/api/notices/guardian',
      summary: 'What an adult reads before agreeing for a child',
      access: { kind: 'self', verb: 'self.read' },
      query: asked,
      answer: guardianNotice,
      handle: async ({ query }) => minors.notice(query.locale),
    }),
  ]
}

/** How it stands with a child, and what of it is this adult's to ask. */
const seenBy = async (minors: Privacy['minors'], guardian: SubjectId, subject: SubjectId) => ({
  ...shown(await minors.state(subject)),
  mayAsk: await minors.answersFor(guardian, subject),
})

function guardianEntries(minors: Privacy['minors']): Entry[] {
  /** Whoever does not answer for this child in this home learns nothing of it. */
  const guarded = (
    guardian: SubjectId,
    { home, member }: { readonly home: string; readonly member: string },
  ) => {
    const found = minors
      .children(guardian)
      .find((each) => each.home === (home as HomeId) && each.subject === (member as SubjectId))
    if (found === undefined || !isId(member)) throw new AppError('auth.not-found')
    return found.subject
  }
  return [
    entry({
      method: 'get',
      path: child,
      summary: 'How things stand with a child you answer for',
      access: { kind: 'home', verb: 'member.read' },
      params: childPath,
      answer: guardianState,
      handle: ({ params, caller }) => seenBy(minors, subjectOf(caller), guarded(subjectOf(caller), params)),
    }),
    entry({
      method: 'put',
      path: child,
      summary:
        'Agree for a child you answer for, or take it back; the account closes with the child’s next request',
      access: {
        kind: 'home',
        verb: 'member.guard',
        stepUp: 'it must be the adult, and not the child at their phone',
      },
      params: childPath,
      body: guardianAct,
      answer: guardianState,
      handle: async ({ params, body, caller }) => {
        const subject = guarded(subjectOf(caller), params)
        await minors.act(subjectOf(caller), subject, body, caller.surface)
        return seenBy(minors, subjectOf(caller), subject)
      },
    }),
    entry({
      method: 'put',
      path: `${child}/age`,
      summary: 'Say the age group of a child you answer for; once of age, the child is asked to agree itself',
      access: {
        kind: 'home',
        verb: 'member.guard',
        stepUp: 'it must be the adult, and not the child at their phone',
      },
      params: childPath,
      body: ageSet,
      answer: guardianState,
      handle: async ({ params, body, caller }) => {
        const subject = guarded(subjectOf(caller), params)
        await minors.stateChildAge(subjectOf(caller), subject, body.age)
        return seenBy(minors, subjectOf(caller), subject)
      },
    }),
  ]
}

/** Whoever decides alone tells their age to nobody else, whatever they are in the home. // pp.6 */
function shown({ age, ...state }: GuardianState): GuardianState {
  return state.need === 'none' || age === undefined ? state : { ...state, age }
}
