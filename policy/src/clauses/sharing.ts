import { executable, later, type ClauseEntry } from './entry.ts'

/** Privacy policy, part 3: sharing, transfer, disclosure, exceptions. */
export const sharingClauses = {
  'pp.3.1': executable(
    'Shared with nobody by default',
    'User information is shared with nobody outside a closed list of cases.',
    ['privacy', 'sharing'],
  ),
  'pp.3.1.1': executable(
    'Shared when you say so',
    'Sharing with express consent.',
    ['privacy', 'sharing'],
    ['src/purposes.ts'],
  ),
  'pp.3.1.2': later(
    'Shared when the law compels',
    'Sharing required by law, court or authority.',
    ['privacy', 'authorities'],
    {
      missing: 'A desk for demands of authorities with two people, ground and scope.',
      refused: 'No act of the program discloses anything to an authority.',
    },
  ),
  'pp.3.1.3': executable(
    'Manufacturers get what you chose for them by name',
    'Location, phone identifiers and use of devices go to manufacturers for quality and development.',
    ['privacy', 'sharing'],
    ['src/purposes.ts', 'src/sharing.ts'],
  ),
  'pp.3.1.4': executable(
    'Partners only for what is needed',
    'Trusted partners receive what their task needs and may use it for nothing else.',
    ['privacy', 'partners'],
  ),
  'pp.3.1.p': executable('Partners by name', 'Partners are suppliers, service providers and others.', [
    'privacy',
    'partners',
  ]),
  'pp.3.1.a': executable(
    'A contract before anything is sent',
    'Strict confidentiality and protection agreements bind each recipient.',
    ['privacy', 'partners'],
  ),
  'pp.3.1.5': later(
    'Transfers abroad, with a copy of the safeguards',
    'Some information may go to China under safeguards such as standard clauses, of which a copy can be had.',
    ['privacy', 'transfer'],
    {
      missing: 'A copy of the safeguards on request, and the assessment of each transfer.',
      refused:
        'Nothing about a person goes to a recipient in another region unless the register names the safeguard by kind and hash.',
    },
  ),
  'pp.3.2': later(
    'Control is not handed over',
    'User information is transferred to nobody outside two cases.',
    ['privacy', 'handover'],
    { missing: 'The succession of a service.', refused: 'No act hands over the information of everybody.' },
  ),
  'pp.3.2.1': later(
    'Handed over only with consent',
    'Transfer with express consent.',
    ['privacy', 'handover'],
    {
      missing: 'The succession of a service with consent of each person.',
      refused: 'No act hands over the information of everybody.',
    },
  ),
  'pp.3.2.2': later(
    'A successor is bound',
    'After a merger or insolvency the successor keeps to the policy or asks again.',
    ['privacy', 'handover'],
    {
      missing: 'The succession of a service that binds the successor or asks anew.',
      refused: 'No act hands over the information of everybody.',
    },
  ),
  'pp.3.3.1': later(
    'Published only by you',
    'Public disclosure with consent or by one’s own choice.',
    ['privacy', 'disclosure'],
    {
      missing: 'Public links, each made by its person, ending and revocable.',
      refused: 'Nothing of a person or a home can be made public.',
    },
  ),
  'pp.3.3.2': later(
    'Disclosed for safety within the law',
    'Disclosure to protect the safety of the platform, its companies or the public.',
    ['privacy', 'authorities'],
    {
      missing: 'Disclosure for safety with its ground and review.',
      refused: 'No act of the program discloses anything.',
    },
  ),
  'pp.3.4.1': later(
    'State and defence security',
    'No consent is needed where the security of the state is concerned.',
    ['privacy', 'authorities'],
    { missing: 'Exceptions with ground, article and instrument.', refused: 'No exception exists.' },
  ),
  'pp.3.4.2': later(
    'Public safety and health',
    'No consent is needed to protect the public, its health or other weighty common concerns.',
    ['privacy', 'authorities'],
    { missing: 'Exceptions with ground, article and instrument.', refused: 'No exception exists.' },
  ),
  'pp.3.4.3': later(
    'Criminal procedure',
    'No consent is needed for investigation, trial and enforcement.',
    ['privacy', 'authorities'],
    { missing: 'Exceptions with ground, article and instrument.', refused: 'No exception exists.' },
  ),
  'pp.3.4.4': later(
    'Danger to life or property',
    'No consent is needed to protect important interests when it is hard to obtain.',
    ['privacy', 'authorities'],
    { missing: 'Release in an emergency, with notice afterwards.', refused: 'No exception exists.' },
  ),
  'pp.3.4.5': later(
    'What you made public yourself',
    'No consent is needed for what a person has published.',
    ['privacy', 'disclosure'],
    {
      missing: 'Sources of information that a person published.',
      refused: 'Nothing is taken in from public places.',
    },
  ),
  'pp.3.4.6': later(
    'Lawful public sources',
    'No consent is needed for information from lawful public channels.',
    ['privacy', 'disclosure'],
    {
      missing: 'Sources of information from public registers.',
      refused: 'Nothing is taken in from public places.',
    },
  ),
} as const satisfies Record<string, ClauseEntry>
