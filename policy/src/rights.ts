import type { ClauseId } from './clauses.ts'

export type RightId =
  | 'agree-or-leave'
  | 'choose-and-withdraw'
  | 'receipt'
  | 'see-recipients'
  | 'share-and-stop'
  | 'ask-recipient-to-delete'
  | 'see-activity'
  | 'see-and-end-sign-ins'
  | 'correct-addresses'
  | 'correct-and-delete-about-home'
  | 'delete-searches'
  | 'leave-home'
  | 'delete-home'
  | 'complain'
  | 'see-what-is-held'
  | 'ask-and-follow'
  | 'fetch-copy'
  | 'see-of-child'
  | 'act-for-child'

/** A right, by what somebody does to use it; `fresh`: a proof of the last five minutes of who is there. */
export interface Right {
  readonly ways: readonly string[]
  readonly proof: 'none' | 'fresh'
  readonly clauses: readonly ClauseId[]
}

/**
 * The rights that this version gives everybody, in every region and in both operating roles, with the routes that carry
 * them out; a test holds each against the registered entries. A version that takes one away is a material change. // pp.7.2 pp.1.3
 */
export const rights: Readonly<Record<RightId, Right>> = Object.freeze({
  'agree-or-leave': { ways: ['post /api/me/agreements'], proof: 'none', clauses: ['sa.1', 'sa.4'] },
  'choose-and-withdraw': {
    ways: ['get /api/me/choices', 'put /api/me/choices/{purpose}'],
    proof: 'none',
    clauses: ['pp.4.4.e'],
  },
  receipt: { ways: ['get /api/me/choices/{purpose}/receipt'], proof: 'none', clauses: ['pp.4.4.e'] },
  'see-recipients': {
    ways: ['get /api/recipients', 'get /api/me/recipients'],
    proof: 'none',
    clauses: ['pp.3.1', 'pp.3.1.p'],
  },
  'share-and-stop': {
    ways: ['put /api/me/recipients/{recipient}', 'get /api/me/recipients/{recipient}/receipt'],
    proof: 'none',
    clauses: ['pp.3.1.1', 'pp.4.4.e'],
  },
  'ask-recipient-to-delete': {
    ways: ['post /api/me/recipients/{recipient}/deletion'],
    proof: 'none',
    clauses: ['pp.3.1.3'],
  },
  'see-activity': { ways: ['get /api/me/activity'], proof: 'none', clauses: ['pp.2.2.3'] },
  'see-and-end-sign-ins': {
    ways: ['get /api/me/sign-ins', 'delete /api/me/sign-ins/{signIn}'],
    proof: 'none',
    clauses: ['pp.2.2.3', 'pp.5.1'],
  },
  'correct-addresses': {
    ways: ['post /api/me/addresses', 'delete /api/me/addresses/{address}'],
    proof: 'fresh',
    clauses: ['pp.2.1.1'],
  },
  'correct-and-delete-about-home': {
    ways: ['get /api/homes/{home}/about', 'patch /api/homes/{home}/about'],
    proof: 'none',
    clauses: ['pp.4.1'],
  },
  'delete-searches': {
    ways: ['get /api/me/searches', 'delete /api/me/searches'],
    proof: 'none',
    clauses: ['pp.2.2.3'],
  },
  'leave-home': { ways: ['post /api/homes/{home}/leave'], proof: 'none', clauses: ['pp.4.1'] },
  'delete-home': { ways: ['delete /api/homes/{home}'], proof: 'fresh', clauses: ['pp.4.1', 'pp.ret.2'] },
  'see-what-is-held': { ways: ['get /api/me/held'], proof: 'none', clauses: ['pp.4.4.a', 'pp.8'] },
  'ask-and-follow': {
    ways: [
      'post /api/me/requests',
      'get /api/me/requests',
      'get /api/me/requests/{request}',
      'delete /api/me/requests/{request}',
      'get /api/me/packages/{code}',
    ],
    proof: 'none',
    clauses: ['pp.4.4.a', 'pp.4.4.b', 'pp.4.4.c', 'pp.8'],
  },
  'fetch-copy': { ways: ['post /api/me/requests/{request}/links'], proof: 'fresh', clauses: ['pp.4.4.c'] },
  'see-of-child': {
    ways: [
      'get /api/me/children/{child}/held',
      'get /api/me/children/{child}/requests',
      'get /api/me/children/{child}/requests/{request}',
      'delete /api/me/children/{child}/requests/{request}',
      'get /api/me/children/{child}/packages/{code}',
    ],
    proof: 'none',
    clauses: ['pp.6'],
  },
  'act-for-child': {
    ways: [
      'post /api/me/children/{child}/requests',
      'post /api/me/children/{child}/requests/{request}/links',
    ],
    proof: 'fresh',
    clauses: ['pp.6'],
  },
  complain: { ways: ['get /api/contact'], proof: 'none', clauses: ['pp.9', 'pp.4.4.f'] },
})
