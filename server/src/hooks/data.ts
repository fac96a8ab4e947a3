import { contract, type HomeId, type HookId, type Sealed, type TableMap } from '@eaves/model'

/** An address of a home: whoever knows it sets off the automations that hang on it, and nothing else. */
export interface AutomationHookTable {
  home_id: HomeId
  id: HookId
  name: Sealed<string>
  secret_hash: string
  made_at: number
}

const core = {
  EU: contract('GDPR 6(1)(b)'),
  CN: contract('PIPL 13(1)(2)'),
  US: contract('CCPA 1798.100'),
  other: contract('service agreement'),
}
const retention = { after: 'home.closed', keep: 'P0D', then: 'shred' } as const

// What is sent to it is kept nowhere: plain values live as long as the run that they set off.
export const automationHook: TableMap<AutomationHookTable> = {
  path: { to: 'home', column: 'home_id' },
  purposes: { 'service.core': core },
  retention,
  clock: { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' },
  seen: { by: 'automation.read' },
  columns: {
    home_id: { class: 'reference', to: 'home' },
    id: { class: 'reference', to: 'row' },
    name: {
      class: 'content',
      category: 'user.household.rooms',
      seal: 'home',
      purposes: { 'service.core': core },
      mandatory: { required: false, ifRefused: 'nothing outside sets anything off in this home' },
      retention,
      recipients: [],
      export: ['access', 'portability'],
      clauses: ['pp.2.3.1'],
    },
    secret_hash: {
      class: 'credential',
      reason: 'a hash by which an address is found',
      clauses: ['pp.5.1'],
    },
    made_at: { class: 'linked', category: 'user.household.rooms', clauses: ['pp.2.3.1'] },
  },
}
