import {
  contract,
  type AutomationId,
  type Category,
  type ContentField,
  type HomeId,
  type Retention,
  type RunId,
  type Sealed,
  type SubjectId,
  type TableMap,
} from '@eaves/model'
import type { AutomationBody, AutomationStop, RunResult, RunStep } from '@eaves/model/api'

export interface AutomationTable {
  home_id: HomeId
  id: AutomationId
  body: Sealed<AutomationBody>
  enabled: number
  /** With whose rights it acts; null once they are gone. */
  author: SubjectId | null
  version: number
  created_at: number
  changed_at: number
  /** Why it does nothing although it is on. */
  stopped: AutomationStop | null
}
/** How it read at each save. */
export interface AutomationVersionTable {
  home_id: HomeId
  id: string
  automation_id: AutomationId
  version: number
  body: Sealed<AutomationBody>
  author: SubjectId | null
  saved_at: number
}
/** What a run did, step by step. */
export interface Trace {
  readonly version: number
  readonly steps: readonly RunStep[]
  readonly more?: number
  readonly folded?: number
}
export interface AutomationRunTable {
  home_id: HomeId
  id: RunId
  automation_id: AutomationId
  at: number
  ended_at: number | null
  result: RunResult
  trace: Sealed<Trace>
}

const core = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const purposes = { 'service.core': core }
const homeLife: Retention = { after: 'home.closed', keep: 'P0D', then: 'shred' }
const aYear: Retention = { after: 'row.created', keep: 'P1Y', then: 'delete' }
const aMonth: Retention = { after: 'row.created', keep: 'P30D', then: 'delete' }
const homeId = { class: 'reference', to: 'home' } as const
const rowId = { class: 'reference', to: 'row' } as const
const author = { class: 'reference', to: 'subject', erased: 'cleared' } as const
const path = { to: 'home', column: 'home_id' } as const
const linked = (category: Category) => ({ class: 'linked', category, clauses: ['pp.2.3.1'] }) as const
const made = linked('user.household.rooms')
const activity = linked('home.activity')
const word = { category: 'user.household.rooms' } as const
const sentence = (retention: Retention): ContentField => ({
  class: 'content',
  category: 'user.household.rooms',
  seal: 'home',
  purposes,
  mandatory: { required: true, ifRefused: 'the home does nothing by itself' },
  retention,
  recipients: [],
  export: ['access', 'portability'],
  clauses: ['pp.2.3.1'],
  leaves: {
    name: word,
    description: word,
    'triggers.**': word,
    'conditions.**': word,
    'actions.**': word,
    mode: word,
    most: word,
    'labels.*': word,
  },
})

// Of its author, as long as there is one; the others of the home read it where automations are read.
export const automation: TableMap<AutomationTable> = {
  path,
  purposes,
  retention: homeLife,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  columns: {
    home_id: homeId,
    id: rowId,
    body: sentence(homeLife),
    enabled: made,
    author,
    version: made,
    created_at: made,
    changed_at: made,
    stopped: made,
  },
}

export const automationVersion: TableMap<AutomationVersionTable> = {
  path,
  purposes,
  retention: aYear,
  clock: { at: 'row', column: 'saved_at' },
  columns: {
    home_id: homeId,
    id: rowId,
    automation_id: rowId,
    version: made,
    body: sentence(aYear),
    author,
    saved_at: made,
  },
}

export const automationRun: TableMap<AutomationRunTable> = {
  path,
  purposes,
  retention: aMonth,
  clock: { at: 'row', column: 'at' },
  seen: { by: 'automation.read' },
  columns: {
    home_id: homeId,
    id: rowId,
    automation_id: rowId,
    at: activity,
    ended_at: activity,
    result: activity,
    trace: {
      class: 'personal',
      category: 'home.activity',
      seal: 'home',
      purposes,
      mandatory: { required: true, ifRefused: 'nobody can see why something happened' },
      retention: aMonth,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
      leaves: {
        version: { category: 'home.activity' },
        more: { category: 'home.activity' },
        folded: { category: 'home.activity' },
        'steps.*.**': {
          category: 'home.activity',
          note: 'where, when, which device, the value that decided',
        },
      },
    },
  },
}
