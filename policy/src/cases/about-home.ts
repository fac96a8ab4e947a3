import { ownHome, person, type PromiseCases } from './case.ts'

const page = {
  verb: 'home.about',
  resource: { kind: 'home', home: ownHome },
  purpose: 'home.about',
} as const

export const aboutHome: PromiseCases = {
  promise: 'What is noted about a home is shown on its page to its adults, and used for nothing else.',
  keeps: ['pp.2.2.1', 'pp.4.1'],
  cases: [
    {
      situation: 'an adult of the home looks at the page',
      ask: { ...page, categories: ['user.household.floor_area', 'user.contact.address'] },
      expect: { allow: true, reason: 'allowed', clauses: ['pp.lb.1', 'pp.2.2.1', 'pp.4.1'] },
    },
    {
      situation: 'a child looks at the page',
      ask: { ...page, principal: person('child'), categories: ['user.contact.address'] },
      expect: { allow: false, within: true },
    },
    {
      situation: 'the address read to run the home',
      ask: { categories: ['user.contact.address'] },
      expect: { allow: false, reason: 'category-outside-purpose', clauses: ['pp.0', 'pp.5.6'] },
    },
    {
      situation: 'the family status read for security',
      ask: { purpose: 'security', categories: ['user.household.family_status'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
    {
      situation: 'what devices report read for the page',
      ask: { ...page, categories: ['home.activity'] },
      expect: { allow: false, reason: 'category-outside-purpose' },
    },
  ],
}
