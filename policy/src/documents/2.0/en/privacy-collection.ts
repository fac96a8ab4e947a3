import { link, list, page, paragraph, type Section } from '../../ast.ts'

export const privacyEnCollection: readonly Section[] = [
  {
    id: 'who',
    clauses: ['fm.controller'],
    heading: 'Who is responsible',
    blocks: [
      paragraph(
        'Responsible is whoever runs the server you are using. In a household that is the person who claimed it, for their own home. In a hosted service it is the operator, who must publish a name, an address and a privacy contact before the service can start.',
      ),
      { kind: 'generated', table: 'contact' },
      paragraph('The people who write Eaves receive nothing from your server.'),
    ],
  },
  {
    id: 'scope',
    clauses: ['pp.0', 'pp.1.1', 'pp.1.2'],
    heading: 'What this statement covers',
    blocks: [
      paragraph(
        'It covers your account, connecting devices, controlling them and managing your home. Personal information is used only as written here. The program keeps a map of all the information it holds, and the table below is made from that map.',
      ),
      paragraph(
        'It does not cover services of other companies. A broker or device that you link may belong to someone else; what happens there follows their own statement. Please read it before you link.',
      ),
    ],
  },
  {
    id: 'words',
    clauses: ['def.pi', 'def.aff'],
    heading: 'Words used here',
    blocks: [
      list(
        'Personal information is anything that leads to a person, alone or together with other information. What your devices report counts too, because it leads to the people in your home.',
        'A recipient is anyone else who gets personal information. A related company would be a recipient like any other; there is none.',
      ),
    ],
  },
  {
    id: 'collected',
    clauses: ['pp.2.1.1', 'pp.lb.3'],
    heading: 'What is collected',
    blocks: [
      paragraph(
        'An account needs one thing: an e-mail address or a phone number, whichever you prefer. You prove it with a one-time code. Where the server cannot send messages, the proof of claiming it stands in for the first code. A password is optional; recovery codes are made with the account, so that you cannot be locked out. Your name, your picture and your date of birth are not asked for.',
      ),
      paragraph(
        'Wherever the app asks for personal information, it says beside the field whether it is needed, what it is for and what follows if you leave it out. Floor area, family status and address of a home are asked for on one page only, and nobody has to fill it in.',
      ),
      { kind: 'generated', table: 'collection' },
    ],
  },
  {
    id: 'device-information',
    clauses: ['pp.2.2.2'],
    heading: 'About your phone and your devices',
    blocks: [
      paragraph(
        'Your phone or computer: the app reads no serial number, no advertising identifier and nothing that would recognise the device elsewhere. Only if you turn on the switch for it are the make and model shown in ',
        page('your own list of sign-ins', 'sign-ins'),
        '. Turn it off, and they are removed.',
      ),
      paragraph(
        'If you turn on notices in a browser, the address at which its push service takes them is kept, encrypted, for as long as that browser is signed in. Turning them off, in that browser or from another, removes it at once.',
      ),
      paragraph(
        'Devices you add: Eaves keeps their make, model, firmware, settings and abilities, what they report and what they were told. Their hardware number is used to recognise a device that announces itself twice. All of this stays with your home.',
      ),
      paragraph(
        'Some devices can notice people, for example by movement or an open door. The page of each device says what it can notice.',
      ),
    ],
  },
  {
    id: 'sign-in-records',
    clauses: ['pp.2.2.3'],
    heading: 'Records of sign-ins',
    blocks: [
      paragraph(
        'Each sign-in is recorded with its time and with the network address it came from, shortened so that it points to an area of the network rather than to one connection. You see your own records in ',
        page('your list of sign-ins', 'sign-ins'),
        ' and can end any of them.',
      ),
      paragraph(
        'So that misuse of your account can be noticed, important acts on it are recorded as well: signing in and out, a failed attempt, a change of password or access, an agreement or choice, a home made or left, a command to a lock or an alarm. A record says what kind of act it was, when, in which home, by which sign-in, in which language of yours and from which network address. The whole address is kept for seven days and then shortened; the record itself ends after ninety days. It has no text of yours, and the app shows it to nobody but you, in ',
        page('your activity', 'activity'),
        '.',
      ),
      paragraph(
        'What you search for in the app is kept only if you turn on the switch for it. Turn it off, and it is removed at once.',
      ),
    ],
  },
  {
    id: 'purposes',
    clauses: ['pp.2.3.1', 'pp.2.3.2', 'pp.2.3.3', 'pp.2.3.4', 'pp.2.3.5', 'pp.5.6'],
    heading: 'What it is used for',
    blocks: [
      list(
        'To run your home: let you in, show it, switch it, keep its history.',
        'To show what you noted about your home on the page made for it, if you noted anything.',
        'To keep accounts and the server safe: slow down guessing, show you sign-ins that were not yours.',
        'To name the phone in your own list of sign-ins, if you choose that.',
        'To keep your searches for you, if you choose that.',
      ),
      paragraph(
        'That is all. There is no advertising, no profile made from several services, no personal recommendation, no measuring of how you use the app, and no decision about you by a machine alone.',
      ),
      paragraph(
        'A new use would first be explained to you and would begin only with your express consent. It could not be slipped in under an old name: a use that is not in the table cannot be carried out.',
      ),
    ],
  },
  {
    id: 'bases',
    clauses: ['pp.lb.1', 'pp.lb.2', 'pp.lb.4'],
    heading: 'Why this is lawful',
    blocks: [
      list(
        'Running your home, and showing what you noted about it: it is needed for the agreement you accepted.',
        'Keeping accounts safe: in the European Union, the interest of everyone on the server in keeping strangers out. It was weighed against yours: little is recorded, briefly, and you can see it. Elsewhere it is part of the agreement.',
        'Naming your phone, keeping your searches: your consent to each, which you can take back at any time.',
      ),
      paragraph(
        'Each use has one basis in each region, and a basis is not exchanged for another afterwards. If a household runs the server for itself, the law may not require all this; Eaves keeps to it all the same.',
      ),
    ],
  },
  {
    id: 'retention',
    clauses: ['pp.ret.1', 'pp.ret.2', 'pp.5.2'],
    heading: 'How long it is kept',
    blocks: [
      paragraph(
        'Only while its purpose lasts. The ',
        link('table above', 'privacy', 'collected'),
        ' gives the period for each kind of information and what happens at its end. Nothing about you is kept without such a period. A daily pass removes what has come to its end; while the server is switched off, that waits for its next start. Of a closed account, what was agreed to and chosen and the day of closing stay for three years as proof, under a random number. That an account or a home has been erased is remembered by its random number alone.',
      ),
      paragraph(
        'Each person and each home has a key of its own. With it are encrypted: e-mail addresses, phone numbers, passwords, network addresses and searches; the names you give; what is noted about a home; what a device says about itself, how it is linked, what it was told, its last values and what it reports in words. Not encrypted are the numbers devices report over time, although what a number measured is; and times, what became of a command, roles, time zone, language, the kind of a device and similar settings. These are tied to a person or home by random numbers only.',
      ),
      paragraph(
        'Once such a key has been destroyed, what it locked cannot be read again, in the data folder or in a copy of it. Eaves makes no backups in this version; whoever runs the server may make copies. Someone who kept a copy of the keys as well could still read such a copy; keys should therefore be kept apart from data and not for long.',
      ),
    ],
  },
]
