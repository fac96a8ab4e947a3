import { person, type PromiseCases } from './case.ts'

export const minors: PromiseCases = {
  promise: 'A minor’s information is used only with the guardian’s consent.',
  keeps: ['pp.6'],
  cases: [
    {
      situation: 'the guardian has agreed',
      ask: { principal: person('child'), facts: { guardian: 'given' } },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'the guardian has not agreed',
      ask: { principal: person('child'), facts: { guardian: 'missing' } },
      expect: { allow: false, reason: 'guardian-required', clauses: ['pp.6'] },
    },
    {
      situation: 'nobody established whether a guardian is needed',
      ask: { principal: person('child'), facts: { guardian: JSON.parse('null') } },
      expect: { allow: false, reason: 'guardian-required' },
    },
    {
      situation: 'a minor’s own choice does not stand in for the guardian',
      ask: {
        principal: person('child'),
        purpose: 'account.device-label',
        categories: ['user.device.model'],
        facts: { guardian: 'missing', choices: { 'account.device-label': 'given' } },
      },
      expect: { allow: false, reason: 'guardian-required' },
    },
    {
      situation:
        'what is optional and not open to minors stays off, with the guardian’s consent and the child’s choice',
      ask: {
        principal: person('child'),
        purpose: 'account.search-history',
        categories: ['user.behavior.search_history'],
        facts: { guardian: 'given', minor: true, choices: { 'account.search-history': 'given' } },
      },
      expect: { allow: false, reason: 'minor', clauses: ['pp.6'] },
    },
    {
      situation: 'the same for somebody who needs no guardian any more and is no adult yet',
      ask: {
        purpose: 'account.search-history',
        categories: ['user.behavior.search_history'],
        facts: { minor: true, choices: { 'account.search-history': 'given' } },
      },
      expect: { allow: false, reason: 'minor' },
    },
    {
      situation: 'nobody established whether the person is a minor',
      ask: {
        purpose: 'account.search-history',
        categories: ['user.behavior.search_history'],
        facts: { minor: JSON.parse('null'), choices: { 'account.search-history': 'given' } },
      },
      expect: { allow: false, reason: 'guardian-required' },
    },
    {
      situation: 'an adult chooses for themselves',
      ask: {
        purpose: 'account.search-history',
        categories: ['user.behavior.search_history'],
        facts: { choices: { 'account.search-history': 'given' } },
      },
      expect: { allow: true, reason: 'allowed' },
    },
    {
      situation: 'a minor whose guardian agreed runs the lights as before',
      ask: { principal: person('child'), facts: { guardian: 'given', minor: true } },
      expect: { allow: true, reason: 'allowed' },
    },
  ],
}
