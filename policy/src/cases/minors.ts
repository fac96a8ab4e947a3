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
  ],
}
