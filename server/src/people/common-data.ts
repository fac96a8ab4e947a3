import { contract, legitimateInterest, type Bases, type Retention } from '@eaves/model'

// What the tables of accounts have in common.
export const core: Bases = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
export const security: Bases = {
  EU: legitimateInterest('GDPR 6(1)(f)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
export const accountLife: Retention = { after: 'account.closed', keep: 'P30D', then: 'shred' }
export const expired: Retention = { after: 'row.expired', keep: 'P0D', then: 'delete' }
export const closing = {
  at: 'owner',
  of: 'subject',
  table: 'account',
  key: 'subject',
  column: 'closed_at',
} as const
export const expiry = { at: 'row', column: 'expires_at' } as const
export const subject = { class: 'reference', to: 'subject' } as const
export const rowId = { class: 'reference', to: 'row' } as const
export const activity = {
  class: 'linked',
  category: 'user.activity',
  clauses: ['pp.2.2.3', 'pp.2.3.3'],
} as const
export const credential = (reason: string) =>
  ({ class: 'credential', reason, clauses: ['pp.2.1.1', 'pp.5.1'] }) as const
export const proof = credential('a hash that proves who somebody is')
