import { executable, type ClauseEntry } from './entry.ts'

/** Privacy policy, parts 6 to 9: minors, changes, rights in short, contact. */
export const changesClauses = {
  'pp.6': executable(
    'Minors only with a guardian',
    'Minors use the service, and give information, with their guardian’s consent.',
    ['privacy', 'minors'],
    ['src/decide.ts'],
  ),
  'pp.7.1': executable(
    'The text may change',
    'The policy may be modified.',
    ['privacy', 'changes'],
    ['src/documents/diff.ts', 'src/versions/current.ts'],
  ),
  'pp.7.2': executable(
    'No right shrinks without consent',
    'Rights are not reduced without express consent, and changes are published.',
    ['privacy', 'changes'],
    ['src/rights.ts', 'src/versions/agreed.ts', 'src/versions/limited.ts'],
  ),
  'pp.7.3': executable(
    'Large changes are announced loudly',
    'Material changes get a more prominent notice.',
    ['privacy', 'changes'],
    ['src/versions/agreed.ts', 'src/versions/publication.ts', 'src/versions/classify.ts'],
  ),
  'pp.7.4.1': executable(
    'Large change: what is done with data',
    'A change of purposes, kinds of information or ways of use is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.7.4.2': executable(
    'Large change: who is in charge',
    'A change of owner or control is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.7.4.3': executable(
    'Large change: who receives',
    'A change of the main recipients is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.7.4.4': executable(
    'Large change: your rights',
    'A change of rights or of how to use them is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.7.4.5': executable(
    'Large change: whom to ask',
    'A change of the responsible people, contact or complaint channel is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.7.4.6': executable(
    'Large change: high risk',
    'An assessment that shows high risk is material.',
    ['privacy', 'changes'],
    ['src/versions/classify.ts'],
  ),
  'pp.8': executable(
    'Six rights for everyone',
    'Everyone may see, copy, correct, delete, refuse and limit what devices’ use produced.',
    ['privacy', 'rights'],
    ['src/decide.ts', 'src/purposes.ts'],
  ),
  'pp.9': executable('Where to write', 'Questions and comments have a contact.', ['privacy', 'contact']),
} as const satisfies Record<string, ClauseEntry>
