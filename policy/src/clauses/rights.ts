import { executable, later, type ClauseEntry } from './entry.ts'

/** Privacy policy, parts 4 and 5: rights, security, incidents. */
export const rightsClauses = {
  'pp.4.1': executable(
    'See and change what the home holds',
    'An administrator page shows, changes and deletes house and family details.',
    ['privacy', 'home-information'],
    ['src/roles.ts'],
  ),
  'pp.4.2.1': executable(
    'Deletion after unlawful use',
    'Deletion can be asked for when use breaks the law.',
    ['privacy', 'rights'],
  ),
  'pp.4.2.2': executable(
    'Deletion after use without consent',
    'Deletion can be asked for when there was no consent.',
    ['privacy', 'rights'],
  ),
  'pp.4.2.3': executable(
    'Deletion after a broken agreement',
    'Deletion can be asked for after a material breach.',
    ['privacy', 'rights'],
  ),
  'pp.4.3': executable('We check that it is you', 'A request may need a written form or proof of identity.', [
    'privacy',
    'identity',
  ]),
  'pp.4.4.a': executable(
    'Access, correct, update, delete',
    'People in the EU may see, correct, update and delete their information.',
    ['privacy', 'rights'],
    ['src/sources.ts'],
  ),
  'pp.4.4.b': executable(
    'Object',
    'People in the EU may object to use based on an interest, and to direct marketing.',
    ['privacy', 'rights-by-law'],
    ['src/decide.ts', 'src/purposes.ts'],
  ),
  'pp.4.4.c': executable(
    'Restrict; take away',
    'People in the EU may ask to limit use and to take their information elsewhere.',
    ['privacy', 'rights-by-law'],
    ['src/decide.ts'],
  ),
  'pp.4.4.d': executable(
    'No marketing, and sharing stops at the browser’s signal',
    'People in the EU may stop marketing at any time.',
    ['privacy', 'rights-by-law'],
  ),
  'pp.4.4.e': executable(
    'Withdraw consent',
    'Consent can be withdrawn; what was done before remains lawful.',
    ['privacy', 'rights'],
    ['src/decide.ts'],
  ),
  'pp.4.4.f': executable(
    'Complain to an authority',
    'People in the EU may turn to a data protection authority.',
    ['privacy', 'rights-by-law'],
  ),
  'pp.5.1': executable(
    'Measures that protect',
    'Physical, electronic and organisational measures, encryption and access control protect the information.',
    ['privacy', 'protection'],
    ['src/may.ts'],
  ),
  'pp.5.2': executable(
    'No more than needed',
    'Irrelevant information is avoided and nothing is kept longer than its purpose.',
    ['privacy', 'retention'],
  ),
  'pp.5.3': later(
    'Told when something goes wrong',
    'After an incident people learn what happened, what it may mean, what is done and what they can do.',
    ['privacy', 'incidents'],
    {
      missing: 'The incident machine with its notices.',
      refused: 'Whoever runs the server tells people themselves.',
    },
  ),
  'pp.5.4': later(
    'Authorities are told',
    'Incidents are reported as regulators require.',
    ['privacy', 'incidents'],
    {
      missing: 'Reports to authorities with their clocks.',
      refused: 'Whoever runs the server reports themselves.',
    },
  ),
  'pp.5.5': later(
    'A service that ends, ends cleanly',
    'When the service stops, collection stops, people are told, and information is deleted.',
    ['privacy', 'closing'],
    {
      missing: 'The shutdown of a service with notices, window and erasure.',
      refused: 'Whoever ends a server deletes its folders.',
    },
  ),
  'pp.5.6': executable(
    'A new purpose asks again',
    'Use beyond the stated purposes needs new notice and express consent.',
    ['privacy', 'purposes'],
    ['src/decide.ts', 'src/versions/agreed.ts'],
  ),
} as const satisfies Record<string, ClauseEntry>
