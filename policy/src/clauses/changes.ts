import { executable, later, type ClauseEntry } from './entry.ts'

/** Privacy policy, parts 6 to 9: minors, changes, rights in short, contact. */
export const changesClauses = {
  'pp.6': executable(
    'Minors only with a guardian',
    'Minors use the service, and give information, with their guardian’s consent.',
    ['privacy', 'minors'],
    ['src/decide.ts'],
  ),
  'pp.7.1': later('The text may change', 'The policy may be modified.', ['privacy', 'changes'], {
    missing: 'Versions of the text with their differences on a public page.',
    refused: 'A changed text asks everybody to agree again.',
  }),
  'pp.7.2': later(
    'No right shrinks without consent',
    'Rights are not reduced without express consent, and changes are published.',
    ['privacy', 'changes'],
    {
      missing: 'Rights as data, kept for those who have not agreed to fewer.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.3': later(
    'Large changes are announced loudly',
    'Material changes get a more prominent notice.',
    ['privacy', 'changes'],
    {
      missing: 'The notice of a material change before it takes effect.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.1': later(
    'Large change: what is done with data',
    'A change of purposes, kinds of information or ways of use is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from the data map.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.2': later(
    'Large change: who is in charge',
    'A change of owner or control is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from who is in charge.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.3': later(
    'Large change: who receives',
    'A change of the main recipients is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from the recipients.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.4': later(
    'Large change: your rights',
    'A change of rights or of how to use them is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from the rights and their routes.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.5': later(
    'Large change: whom to ask',
    'A change of the responsible people, contact or complaint channel is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from the contacts.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.7.4.6': later(
    'Large change: high risk',
    'An assessment that shows high risk is material.',
    ['privacy', 'changes'],
    {
      missing: 'The class of a change, computed from the impact assessment.',
      refused: 'A changed text asks everybody to agree again.',
    },
  ),
  'pp.8': executable(
    'Six rights for everyone',
    'Everyone may see, copy, correct, delete, refuse and limit what devices’ use produced.',
    ['privacy', 'rights'],
    ['src/decide.ts', 'src/purposes.ts'],
  ),
  'pp.9': executable('Where to write', 'Questions and comments have a contact.', ['privacy', 'contact']),
} as const satisfies Record<string, ClauseEntry>
