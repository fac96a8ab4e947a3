import { AppError } from '@eaves/model'
import {
  agreementAct,
  agreementState,
  choiceRow,
  choiceSet,
  contact,
  documentEntry,
  documentText,
  gate,
  locale,
  notice,
  receipt,
} from '@eaves/model/api'
import { z } from 'zod'
import { isoInstant } from '../deps.ts'
import { entry, subjectOf, type Caller, type Entry } from '../http/entry.ts'
import type { Privacy } from './privacy.ts'

const asked = z.strictObject({ locale: locale.default('en') })
const documentPath = z.strictObject({ document: z.string(), version: z.string(), locale: z.string() })
const purposePath = z.strictObject({ purpose: z.string() })
const open = (reason: string) => ({ kind: 'public', beforeClaim: true, reason }) as const

export interface PrivacyRoutesDeps {
  readonly privacy: Privacy
  readonly claimed: () => boolean
}

/** Documents, gate, contact, agreements, notices and choices. */
export function privacyEntries(deps: PrivacyRoutesDeps): Entry[] {
  return [...openEntries(deps), ...agreementEntries(deps), ...noticeEntries(deps), ...choiceEntries(deps)]
}

function openEntries({ privacy, claimed }: PrivacyRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/documents',
      summary: 'The documents offered for agreement, each with the hash of its exact text',
      access: open('read before use'),
      answer: z.array(documentEntry), // fm.read
      handle: async () => privacy.documents(),
    }),
    entry({
      method: 'get',
      path: '/api/documents/{document}/{version}/{locale}',
      summary: 'One document, section by section',
      access: open('read before use'),
      params: documentPath,
      answer: documentText, // fm.read
      handle: async ({ params }) => {
        const found = privacy.document(params.document, params.version, params.locale)
        if (found === undefined) throw new AppError('auth.not-found')
        return found
      },
    }),
    entry({
      method: 'get',
      path: '/api/gate',
      summary: 'What is asked of a person before anything is kept: documents, optional purposes, notices',
      access: open('shown before anything is collected'),
      query: asked,
      answer: gate, // sa.4
      handle: async ({ query }) => privacy.gate(query.locale, claimed()),
    }),
    entry({
      method: 'get',
      path: '/api/contact',
      summary: 'Who answers for this server and where to complain',
      access: open('reachable without agreeing'),
      query: asked,
      answer: contact, // sa.3
      handle: async ({ query, caller }) =>
        privacy.contact(
          query.locale,
          claimed(),
          isMember(caller) && (await privacy.agreementCurrent(subjectOf(caller))),
        ),
    }),
  ]
}

function isMember({ principal }: Caller): boolean {
  return principal.kind === 'person' && principal.roles.size > 0
}

function agreementEntries({ privacy }: PrivacyRoutesDeps): Entry[] {
  const state = async (caller: Caller) => ({
    current: await privacy.agreementCurrent(subjectOf(caller)),
    acts: (await privacy.acts(subjectOf(caller))).map(
      ({ document, version, sha256, locale: language, act, at, surface }) => ({
        document,
        version,
        sha256,
        locale: language,
        act,
        at: isoInstant(at),
        surface,
      }),
    ),
  })
  return [
    entry({
      method: 'get',
      path: '/api/me/agreements',
      summary: 'What you agreed to, and whether it is still current',
      access: { kind: 'self', verb: 'self.read', withoutAgreement: 'the gate itself' },
      answer: agreementState, // sa.1
      handle: ({ caller }) => state(caller),
    }),
    entry({
      method: 'post',
      path: '/api/me/agreements',
      summary: 'Agree to the current documents, or refuse them',
      access: { kind: 'self', verb: 'self.edit', withoutAgreement: 'the gate itself' },
      body: agreementAct,
      answer: agreementState, // sa.1
      handle: async ({ body, caller }) => {
        if ('acts' in body) await privacy.act(subjectOf(caller), body.acts, caller.surface)
        else
          await privacy.refuse(
            subjectOf(caller),
            body.locale,
            await privacy.regionOf(subjectOf(caller)),
            caller.surface,
          )
        return state(caller)
      },
    }),
  ]
}

function noticeEntries({ privacy }: PrivacyRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/notices/home',
      summary: 'What the page about a home asks for, why, and what follows from leaving it out',
      access: { kind: 'self', verb: 'self.read' },
      query: asked,
      answer: z.array(notice), // pp.lb.3
      handle: async ({ query }) => privacy.homeNotices(query.locale),
    }),
  ]
}

function choiceEntries({ privacy }: PrivacyRoutesDeps): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/choices',
      summary: 'Your choices about optional purposes, each with its history',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(choiceRow),
      handle: ({ caller }) => privacy.choices(subjectOf(caller)),
    }),
    entry({
      method: 'put',
      path: '/api/me/choices/{purpose}',
      summary: 'Give or withdraw a choice; withdrawing is as easy and takes effect at once',
      access: { kind: 'self', verb: 'self.edit' },
      params: purposePath,
      body: choiceSet,
      answer: choiceRow, // pp.4.4.e
      handle: ({ params, body, caller }) =>
        privacy.setChoice(subjectOf(caller), params.purpose, body.given, caller.surface),
    }),
    entry({
      method: 'get',
      path: '/api/me/choices/{purpose}/receipt',
      summary: 'Proof of a choice',
      access: { kind: 'self', verb: 'self.read' },
      params: purposePath,
      answer: receipt,
      handle: async ({ params, caller }) => {
        const found = await privacy.receipt(subjectOf(caller), params.purpose)
        if (found === undefined) throw new AppError('auth.not-found')
        return found
      },
    }),
  ]
}
