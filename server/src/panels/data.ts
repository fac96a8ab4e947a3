import { contract, type HomeId, type SubjectId, type TableMap } from '@eaves/model'

/** How a wall panel is paired and signed in. Its name and what it reaches stand in its row among the members. */
export interface PanelTable {
  home_id: HomeId
  /** The panel's own id, under which it is a member and sends commands. */
  id: SubjectId
  code_hash: string | null
  code_expires_at: number | null
  /** Who made the open code; null of one from before this was kept, which counts as made by `added_by`. */
  code_by: SubjectId | null
  secret_hash: string | null
  /** Who answers for it: whoever added it, then whoever made the code by which its tablet got in. */
  added_by: SubjectId
  created_at: number
  paired_at: number | null
}

const linked = { class: 'linked', category: 'user.household.member', clauses: ['pp.4.1', 'pp.5.1'] } as const
const credential = (reason: string) =>
  ({ class: 'credential', reason, clauses: ['pp.4.1', 'pp.5.1'] }) as const

export const panel: TableMap<PanelTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: {
    'service.core': {
      EU: contract('GDPR 6(1)(b)'),
      CN: contract('PIPL 13(1)(2)'),
      US: contract('CCPA 1798.100'),
      other: contract('service agreement'),
    },
  },
  retention: { after: 'home.closed', keep: 'P0D', then: 'shred' },
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'subject', erased: 'row' },
    code_hash: credential('a hash by which a pairing code is found'),
    code_expires_at: linked,
    code_by: { class: 'reference', to: 'subject', erased: 'cleared' },
    secret_hash: credential('a hash that proves which panel it is'),
    added_by: { class: 'reference', to: 'subject', erased: 'blank' },
    created_at: linked,
    paired_at: linked,
  },
}
