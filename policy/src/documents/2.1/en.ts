import { important, keeps, link, list, notYet, page, paragraph, type PolicyDocument } from '../ast.ts'
import { agreementEn } from '../2.0/en/agreement.ts'
import { privacyEn } from '../2.0/en/privacy.ts'
import { next } from './build.ts'
import { age } from './topics/age.ts'
import { backups } from './topics/backups.ts'
import { information } from './topics/information.ts'
import { furtherRights, leaving, requests } from './topics/requests.ts'
import { elsewhere, marketing, partners, sharing } from './topics/sharing.ts'
import { staff } from './topics/staff.ts'
import { said } from './topics/topic.ts'

const blocksOf = (document: PolicyDocument, id: string) =>
  document.sections.find((section) => section.id === id)!.blocks

export const agreementEn21 = next(agreementEn, {
  conduct: [
    list(
      'Keep to the law that applies where you are.',
      'Link only devices and brokers that you are allowed to control.',
      'Do not use Eaves to watch, follow or harm other people, including those you live with, and do not break into accounts, homes or the server.',
    ),
    notYet(
      ['ls.2.1.1'],
      paragraph(
        'The program has no act that suspends somebody for breaking these rules. ',
        important('rights', 'Nothing in this agreement takes away a right to your own information.'),
      ),
    ),
    paragraph(
      important(
        'minors',
        'Eaves is made for adults. Whoever is too young to decide alone may use it only with the consent of the adult who answers for them.',
      ),
      ' More about this stands in the ',
      link('Privacy Statement', 'privacy', 'minors'),
      '.',
    ),
  ],
  complaints: [
    notYet(
      ['ls.3'],
      paragraph(
        'Write to the ',
        page('contact', 'contact'),
        ' and say what it is, where it is, which right is yours, and how you can be reached. There is no desk for such notices in this version: no receipt, no hearing of the other side and no time limit are kept by the program, and it takes nothing down by itself.',
      ),
    ),
  ],
  leaving: [
    ...said('requests', leaving, 'en'),
    paragraph(
      'What happens to your information then is set out in the ',
      link('Privacy Statement', 'privacy', 'retention'),
      '.',
    ),
  ],
  changes: [
    paragraph(
      'A new version is announced before it takes effect, with every difference marked. It binds you only after you have accepted it. Until you do, what the ',
      link('Privacy Statement', 'privacy', 'changes'),
      ' says about changes holds for this agreement as well. The text you accepted stays readable under its own fingerprint.',
    ),
  ],
})

export const privacyEn21 = next(privacyEn, {
  ...information.en,
  scope: [
    keeps(
      ['pp.0', 'pp.1.1'],
      paragraph(
        'It covers your account, connecting devices, controlling them and managing your home. Personal information is used only as written here. The program keeps a map of all the information it holds, and the table below is made from that map.',
      ),
    ),
    notYet(
      ['pp.1.2'],
      paragraph(
        'It does not cover services of other companies. The cloud account of a brand cannot be linked in this version, so no statement of one is shown. A broker that you link may belong to someone else; what happens there follows their own statement.',
      ),
    ),
  ],
  purposes: [
    keeps(
      ['pp.2.3.1', 'pp.2.3.3', 'pp.2.3.5'],
      list(
        'To run your home: let you in, show it, switch it, keep its history.',
        'To show what you noted about your home on the page made for it, if you noted anything.',
        'To keep accounts and the server safe: slow down guessing, show you sign-ins that were not yours.',
        'To name the phone in your own list of sign-ins, if you choose that.',
        'To keep your searches for you, if you choose that.',
        'To keep to the rules for young people, and to answer what you ask for about your own information.',
        ...elsewhere('en').purpose,
      ),
    ),
    notYet(
      ['pp.2.3.2', 'pp.2.3.4'],
      paragraph(
        'There is no advertising, no profile made from several services, no personal recommendation, no measuring of how you use the app, and no decision about you that a machine makes by judging what kind of person you are.',
      ),
    ),
    keeps(
      ['pp.5.6'],
      paragraph(
        'A new use is announced first and finds nobody who has not agreed to the text that names it. It cannot be slipped in under an old name: what the program does is compared with what you agreed to.',
      ),
    ),
  ],
  bases: [
    keeps(
      ['pp.lb.1', 'pp.lb.2'],
      list(
        [
          'In the European Union: running your home, and showing what you noted about it, is needed for the agreement you accepted (GDPR Article 6(1)(b)). Naming your phone and keeping your searches rest on your consent (6(1)(a)).',
        ],
        [
          'In the People’s Republic of China: the same uses rest on the agreement you accepted and, where you choose, on your consent (PIPL Article 13). That law knows no weighed interest, so keeping accounts safe is part of the agreement there.',
        ],
        [
          'In the United States, California among them: the uses in this statement are the business purposes at collection. Nothing is sold, and nothing is shared for advertising across contexts.',
        ],
        [
          'Everywhere else: the agreement, and your consent for what you choose; the strictest of the rules above is the measure.',
        ],
        ...elsewhere('en').basis.map((text) => [text]),
      ),
    ),
    keeps(
      ['pp.lb.4'],
      paragraph(
        'In the European Union keeping accounts safe rests on the interest of everyone on the server in keeping strangers out (Article 6(1)(f)). It was weighed against yours: little is recorded, briefly, and you can see it.',
      ),
    ),
    paragraph(
      'Each use has one basis in each region; another basis is a large change and is announced as one. If a household runs the server for itself, the law may not require all this; Eaves keeps to it all the same.',
    ),
  ],
  retention: [
    ...information.en.retention,
    blocksOf(privacyEn, 'retention')[1]!,
    ...said('backups', backups, 'en').map((block) => keeps(['pp.ret.2'], block)),
  ],
  sharing: [...said('sharing', sharing, 'en'), blocksOf(privacyEn, 'sharing')[1]!],
  partners: said('sharing', partners, 'en'),
  transfer: [
    notYet(
      ['pp.3.1.5'],
      paragraph(
        important(
          'transfer',
          'By itself the product sends nothing to another country. Your information is where the server stands.',
        ),
        ' Three things are in your hands: if you open the app while abroad, what you look at travels to you; a broker you link may stand in another country; and the push service of a browser in which you turn on notices usually stands in the country of its maker. The services for e-mail and text messages are chosen by whoever runs the server.',
        elsewhere('en').abroad,
      ),
    ),
  ],
  handover: [
    notYet(
      ['pp.3.2', 'pp.3.2.1', 'pp.3.2.2'],
      paragraph(
        important(
          'transfer',
          'The program has no act that hands the information of all people to somebody else.',
        ),
        ' Another person or company in charge of a hosted service is a large change: it is announced, and nobody is under the new text before saying yes. There is no further procedure for a successor in this version.',
      ),
    ),
  ],
  disclosure: [
    notYet(
      ['pp.3.3.1', 'pp.3.4.5', 'pp.3.4.6'],
      paragraph(
        'Nothing about you or your home is public. There are no public profiles and no shared links in this version. Eaves does not gather information about you from the internet or from other public sources.',
      ),
    ),
  ],
  authorities: [
    notYet(
      ['pp.3.1.2', 'pp.3.3.2', 'pp.3.4.1', 'pp.3.4.2', 'pp.3.4.3', 'pp.3.4.4'],
      paragraph(
        'The program has no door for authorities, none for emergencies and none for its authors, and no act that discloses information to them. A demand can only reach whoever runs the server, and they can hand over only what they are able to read. This version does not record or check such demands.',
      ),
    ),
  ],
  rights: [
    keeps(
      ['pp.1.3'],
      paragraph(
        'No right depends on where you live, on who runs the server or on what you pay: there is no switch that takes one away.',
      ),
    ),
    ...said('requests', requests, 'en'),
    keeps(
      ['pp.4.4.e'],
      paragraph(
        important('rights', 'You can withdraw a choice at any time'),
        ' under ',
        page('your choices', 'choices'),
        ', as easily as you made it. It takes effect at once. What happened before remains lawful, and nothing else stops working.',
      ),
    ),
  ],
  'rights-by-law': [
    ...said('requests', furtherRights, 'en'),
    ...said('signal', marketing, 'en'),
    keeps(
      ['pp.4.4.f'],
      paragraph(
        'Complain: the contact page lists data protection authorities, and a copy of your information names that of your region. You need not ask anybody first.',
      ),
    ),
  ],
  protection: [
    keeps(
      ['fm.security', 'pp.5.1'],
      list(
        'E-mail addresses, phone numbers, names and network addresses are encrypted in the databases, with one key for each person and each home.',
        'Messages for which no service is set lie as readable files in a folder of their own beside the data. Only the account that runs the server can open it, and they are removed after a day.',
        'The key that opens those keys lies in a file outside the data folder. The data folder without that file reveals none of them.',
        'Beyond the machine it runs on, the app is reachable only over an encrypted connection.',
        'Every way in asks what your role allows, and anything that is not expressly allowed is refused. Nobody sees a home they do not belong to.',
        'In the databases, passwords and codes are stored so that they cannot be read back; guesses are counted and slowed down.',
      ),
    ),
    ...said('staff', staff, 'en'),
    paragraph(
      'No protection is perfect. Whoever runs the server looks after the machine, its updates and the people who can reach it.',
    ),
  ],
  incidents: [
    notYet(
      ['pp.5.3', 'pp.5.4'],
      paragraph(
        'This version has no procedure of its own for a leak: it does not find out whose information is concerned, and it writes to nobody by itself. The law may oblige whoever runs the server to tell you and the authorities; that is theirs to do.',
      ),
    ),
  ],
  closing: [
    notYet(
      ['pp.5.5'],
      paragraph(
        'There is no procedure for ending a whole service in this version. A household’s server ends when its people end it, with one command: it destroys the keys first, then data and messages that were not sent. Backups and copies elsewhere have to be removed by hand. Devices go on by their own means.',
      ),
    ),
  ],
  minors: [
    keeps(
      ['pp.6'],
      paragraph(
        important(
          'minors',
          'Eaves is not for children without a guardian. Whoever is too young to decide alone where they live may use it only after an adult who answers for them in a home has been shown this statement and has agreed.',
        ),
      ),
    ),
    ...said('age', age, 'en'),
  ],
  changes: [
    keeps(
      ['fm.date', 'pp.7.1'],
      paragraph(
        'Each version carries its date and a fingerprint of its exact text. All of them stay readable under ',
        page('the documents', 'documents'),
        ', with what changed from one to the next.',
      ),
    ),
    keeps(
      ['pp.7.3'],
      paragraph(
        'A large change is announced before it takes effect: in the app, by notice or message, and on the page of versions. The time between is stated there. Nobody can call a large change small; which changes are large is worked out by comparing what the program promised with what it does:',
      ),
    ),
    keeps(
      ['pp.7.4.1', 'pp.7.4.2', 'pp.7.4.3', 'pp.7.4.4', 'pp.7.4.5', 'pp.7.4.6'],
      list(
        'what information is used, what for, on which basis, for how long or in what way',
        'who is in charge of the information',
        'who receives information',
        'your rights or how you use them',
        'whom you can ask or complain to',
        'a risk to you that was judged to be high',
      ),
    ),
    keeps(
      ['pp.7.2'],
      paragraph(
        'Until you agree, what is known about you is put to no new use; what you set going yourself meanwhile, such as a request, is kept as the new text says. If the new text only adds choices, everything else goes on for you under the old one. Otherwise, once it is in effect, you can see what is yours, use every right you were promised and switch what is in your home, until you decide. No right of yours gets less without your express consent.',
      ),
    ),
  ],
})

/** Six plain points above the full texts. */
export const summaryEn21 = [
  elsewhere('en').point,
  'An account needs an e-mail address or a phone number, and an age group. Your name is not asked for.',
  'E-mail addresses, phone numbers and names are encrypted, with a key for each person and each home.',
  'Anything optional is a switch that starts off. You can change your mind at any time, and nothing else stops working.',
  'Beside each section stands how it is kept: by which part of the program, and shown by which test. What is not kept yet is said.',
  'Children need an adult who answers for them. A new text is announced, and binds nobody before they say yes.',
] as const
