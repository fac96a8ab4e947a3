import { important, link, list, page, paragraph, table, type Section } from '../../ast.ts'

export const privacyEnRights: readonly Section[] = [
  {
    id: 'home-information',
    clauses: ['pp.2.2.1', 'pp.4.1'],
    heading: 'Information about your home',
    blocks: [
      paragraph(
        'A home has a name and a time zone. All else is optional: floors and rooms, what the home calls its members, and on the page “About the home” the floor area, the family status and the address. Eaves does not ask how many people live there. Enquiries cannot be sent through this version, so it keeps no details of any. Devices and everything else work without all of that.',
      ),
      paragraph(
        'The page “About the home” is for the owners, administrators and adults of that home; children, guests and other homes do not see it. Each detail is kept for that page alone: nothing is worked out from it, no device gets it, and the address is not turned into a place on a map. Owners and administrators can change each detail there, or delete it by itself. What stood there before is not kept.',
      ),
      paragraph(
        'Owners and administrators see the names of floors, rooms and members in the app as well, and can change or remove them there. Only an owner can delete the home. An owner has no power over another adult’s account.',
      ),
    ],
  },
  {
    id: 'rights',
    clauses: ['pp.1.3', 'pp.4.2.1', 'pp.4.2.2', 'pp.4.2.3', 'pp.4.4.a', 'pp.4.4.e', 'pp.8'],
    heading: 'Your rights',
    blocks: [
      paragraph(
        important(
          'rights',
          'Everyone has these rights, wherever they live: to see, to copy, to correct, to delete, to refuse a use, and to limit it. They cost nothing, and deletion needs no reason.',
        ),
      ),
      table(
        ['What you want', 'In the app today', 'Through the contact'],
        [
          'See',
          'your account, sign-ins, choices, homes, devices and their history',
          'everything else that concerns you',
        ],
        ['Copy', '—', 'a full copy'],
        [
          'Correct',
          'names of homes, floors, rooms and devices; what is noted about a home; settings',
          'e-mail address and phone number',
        ],
        [
          'Delete',
          'a home, its floors, rooms and devices; what is noted about a home; access tokens',
          'your account and all that belongs to it',
        ],
        ['Refuse a use', 'every optional use', 'any other use'],
        ['Limit', '—', 'storage only, until a question is settled'],
      ),
      paragraph(
        important('rights', 'You can withdraw a choice at any time'),
        ' under ',
        page('your choices', 'choices'),
        ', as easily as you made it. It takes effect at once. What happened before remains lawful, and nothing else stops working.',
      ),
      paragraph(
        'If you ask for deletion because information was used against the law, without your consent or against the agreement, please say so: such a request goes first, and whoever runs the server has to find out how it happened.',
      ),
    ],
  },
  {
    id: 'rights-by-law',
    clauses: ['pp.4.4.b', 'pp.4.4.c', 'pp.4.4.d', 'pp.4.4.f'],
    heading: 'Further rights',
    blocks: [
      list(
        'Object: where a use rests on an interest, you may object, and the use stops while your objection is looked at.',
        'Limit and take away: you may ask that information be stored and no more, or be handed to you in a form another service can read.',
        'Marketing: there is none to opt out of.',
        'Complain: you may turn to the data protection authority where you live, where you work or where you think the law was broken. You need not ask us first.',
      ),
    ],
  },
  {
    id: 'identity',
    clauses: ['pp.4.3'],
    heading: 'Making sure it is you',
    blocks: [
      paragraph(
        'Before information about you is handed over or deleted, you prove that it is yours. Being signed in, with a fresh code, is enough; without an account a code to the address or number concerned is the way. You are not asked for a copy of an identity card. You may also ask in writing.',
      ),
    ],
  },
  {
    id: 'protection',
    clauses: ['fm.security', 'pp.5.1'],
    heading: 'How it is protected',
    blocks: [
      list(
        'E-mail addresses, phone numbers, names and network addresses are encrypted in the databases, with one key for each person and each home.',
        'Messages that cannot be sent, among them all text messages in this version and e-mail while no mail service is set, lie as readable files in a folder of their own beside the data. Only the account that runs the server can open it, and they are removed after a day.',
        'The key that opens those keys lies in a file outside the data folder. The data folder without that file reveals none of them. Whoever runs the server should keep a copy of the key file in a safe place and never beside the data.',
        'Beyond the machine it runs on, the app is reachable only over an encrypted connection.',
        'Every way in asks what your role allows, and anything that is not expressly allowed is refused. Nobody sees a home they do not belong to.',
        'In the databases, passwords and codes are stored so that they cannot be read back; guesses are counted and slowed down.',
      ),
      paragraph(
        'No protection is perfect. Whoever runs the server looks after the machine, its updates and the people who can reach it; where staff do this, they have to be trained and bound to secrecy.',
      ),
    ],
  },
  {
    id: 'incidents',
    clauses: ['pp.5.3', 'pp.5.4'],
    heading: 'If something goes wrong',
    blocks: [
      paragraph(
        'If information was exposed or lost, whoever runs the server must tell you without delay: what happened and what it may mean for you, what has been and will be done, what you can do yourself, and what help there is. They use the address or number of your account, and a public notice for those they cannot reach. Where the law asks for it, they also report to the authorities in time.',
      ),
    ],
  },
  {
    id: 'closing',
    clauses: ['pp.5.5'],
    heading: 'If the service ends',
    blocks: [
      paragraph(
        'Nothing more is collected from that moment. You are told, you have time to take what is yours, and then everything is deleted and the keys are destroyed. A household’s server ends when its people end it; devices keep working by their own means.',
      ),
    ],
  },
  {
    id: 'minors',
    clauses: ['pp.6'],
    heading: 'Children and young people',
    blocks: [
      paragraph(
        important(
          'minors',
          'Eaves is not for children without a guardian. Whoever is a minor where they live may use it, or give information, only after a parent or guardian has read this statement and agreed.',
        ),
        ' Eaves does not ask for a date of birth. If you learn that a child has an account without that consent, write to the ',
        link('contact', 'privacy', 'contact'),
        '; the account will be closed and its information deleted.',
      ),
    ],
  },
  {
    id: 'changes',
    clauses: [
      'fm.date',
      'pp.7.1',
      'pp.7.2',
      'pp.7.3',
      'pp.7.4.1',
      'pp.7.4.2',
      'pp.7.4.3',
      'pp.7.4.4',
      'pp.7.4.5',
      'pp.7.4.6',
    ],
    heading: 'Changes to this statement',
    blocks: [
      paragraph(
        'Each version carries its date and a fingerprint of its exact text, and earlier versions stay readable under ',
        page('the documents', 'documents'),
        '. A new version takes effect for you only once you have been shown it and have agreed again; without your express consent no right you have is reduced.',
      ),
      paragraph('The app draws particular attention to a change when it touches one of these:'),
      list(
        'what information is used, what for, or in what way',
        'who owns or controls the service',
        'who receives information',
        'your rights or how you use them',
        'whom you can ask or complain to',
        'a risk to you that was judged to be high',
      ),
    ],
  },
  {
    id: 'contact',
    clauses: ['fm.contact', 'pp.9'],
    heading: 'Contact',
    blocks: [
      paragraph(
        'Questions, requests and complaints go to the ',
        page('contact page', 'contact'),
        ', which anyone can open, with or without an account. In a household it leads to the person who claimed the server; in a hosted service to the operator and its privacy contact.',
      ),
    ],
  },
]
