import { important, keeps, list, notYet, page, paragraph, table } from '../../ast.ts'
import type { Topic } from './topic.ts'

const six = ['pp.4.4.a', 'pp.8'] as const
const reasons = ['pp.4.2.1', 'pp.4.2.2', 'pp.4.2.3'] as const

/** Rights in the app. */
export const requests: Topic = {
  on: {
    en: [
      keeps(six, {
        ...paragraph(
          important(
            'rights',
            'Everyone, wherever they live, can see, copy, correct, delete, refuse a use of and limit what is held about them. It costs nothing, and deletion needs no reason.',
          ),
        ),
      }),
      table(
        ['What you want', 'How it goes in the app'],
        ['See', 'Every kind of information with its values, purpose, basis, source, time and recipients'],
        [
          'Copy or take away',
          'An archive of JSON with its schema and of CSV; it lies encrypted on the server for seven days',
        ],
        [
          'Correct',
          'Addresses, names, what is noted about a home and settings, where they are shown; of anything else you say what is wrong, your words stand beside it at once, and a human answers',
        ],
        [
          'Delete',
          'Your addresses are told first; you can call it back for 72 hours; then your key is destroyed, your rows are removed and each place is looked at again',
        ],
        [
          'Refuse a use',
          'Counts at once, until you allow it again; what the account itself is for ends only with the account',
        ],
        [
          'Limit',
          'Until you lift it, nothing that works by itself uses information about you; what you do yourself goes on',
        ],
      ),
      paragraph(
        'The program carries all of this out by itself, and nobody has to agree, except what you say is wrong: whoever keeps a home on a household’s server, or the data protection staff of a hosted service, reads it with your addresses and answers. Each request stands on the page with the day by which it is due and what has been done. In a home with others only what is yours goes, and the home stays; the home goes with its last adult.',
      ),
      keeps(
        reasons,
        paragraph(
          'When you delete your account, you can say that information was used against the law, without your consent or against the agreement. Such a request is carried out before others, and a case without your name is opened for whoever runs the server.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(six, {
        ...paragraph(
          important(
            'rights',
            '无论住在哪里，每个人都可以查看、复制、更正、删除与自己有关的信息，拒绝某项用途，并限制使用。行使权利不收费，要求删除不需要理由。',
          ),
        ),
      }),
      table(
        ['您想做什么', '在应用中如何进行'],
        ['查看', '每一类信息的实际内容、用途、依据、来源、期限和接收方'],
        ['复制或带走', '一个压缩包，包含 JSON 及其结构说明和 CSV，在服务器上加密保留七天'],
        [
          '更正',
          '联系方式、名称、为家记下的内容和各项设置，在显示的地方修改；其他内容，您可以指出哪里有误，您的说明会立即显示在该内容旁边，并由人答复',
        ],
        ['删除', '先通知您的各个联系方式；72 小时内可以撤回；之后销毁您的密钥，删除您的数据，并逐处再次查看'],
        ['拒绝某项用途', '立即生效，直到您重新允许；账号本身所需的用途，只能随账号一起终止'],
        ['限制使用', '在您解除之前，程序自行运行的部分不使用与您有关的信息；您自己的操作照常进行'],
      ),
      paragraph(
        '以上各项都由程序自行完成，无需任何人批准；只有您指出的错误由人处理：家用服务器上由管理家的人，托管服务中由数据保护人员，查看您的说明和联系方式并答复。每个请求都列在页面上，写明答复期限和已经完成的部分。与他人共住的家，只删除属于您的内容，家仍然保留；最后一位成年人离开时，家随之删除。',
      ),
      keeps(
        reasons,
        paragraph(
          '删除账号时，您可以说明信息被违法使用、未经您同意使用或违反协议使用。这样的请求先于其他请求执行，并为服务器的运行者建立一个不含您姓名的个案。',
        ),
      ),
    ],
  },
  off: {
    en: [
      paragraph(
        important(
          'rights',
          'What the app lets you do, everyone can do, wherever they live and whoever runs the server. It costs nothing.',
        ),
      ),
      list(
        'See your account, sign-ins, activity, choices, homes, devices and their history.',
        'Change your addresses, the names you gave, what is noted about a home, and settings.',
        'Delete a home with all that is in it, what is noted about it, your searches and your access tokens.',
        'Leave a home, and end any sign-in.',
      ),
      notYet(
        [...six, ...reasons],
        paragraph(
          'This version has no request in the app for a full copy or for deleting a whole account, and none that puts one reason before another. Whoever runs the server can be asked through the ',
          page('contact page', 'contact'),
          '; your rights by law do not depend on this text.',
        ),
      ),
    ],
    'zh-Hans': [
      paragraph(
        important(
          'rights',
          '应用允许您做的事，每个人都可以做，无论住在哪里，也无论服务器由谁运行，并且不收费。',
        ),
      ),
      list(
        '查看您的账号、登录记录、操作记录、各项选择，以及家、设备和历史数值。',
        '更改您的联系方式、您起的名称、为家记下的内容和各项设置。',
        '删除一个家及其全部内容、为家记下的内容、您的搜索内容和访问令牌。',
        '离开一个家，让任何一次登录失效。',
      ),
      notYet(
        [...six, ...reasons],
        paragraph(
          '本版本不能在应用中申请完整副本或删除整个账号，也没有按理由区分先后的请求。您可以通过',
          page('联系页面', 'contact'),
          '向服务器的运行者提出；您依法享有的权利不取决于本文本。',
        ),
      ),
    ],
  },
}

/** Objecting and limiting. */
export const furtherRights: Topic = {
  on: {
    en: [
      keeps(
        ['pp.4.4.b', 'pp.4.4.c'],
        list(
          'Object: a use that rests on an interest stops for you at once in all that works by itself, and starts again only when you allow it. What lets you in stays.',
          'Limit: what works by itself stores information about you and does not use it; only you end that.',
          'Take away: you get what you gave and what your devices made, in a form that other services can read.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.4.4.b', 'pp.4.4.c'],
        list(
          '反对：以正当利益为依据的用途，在程序自行运行的部分中对您立即停止，只有您重新允许才会恢复；登录所需的部分保留。',
          '限制：程序自行运行的部分只保存、不使用与您有关的信息；只有您可以解除。',
          '带走：您提供的信息和您的设备产生的信息，以其他服务能够读取的格式交给您。',
        ),
      ),
    ],
  },
  off: {
    en: [
      notYet(
        ['pp.4.4.b', 'pp.4.4.c'],
        paragraph(
          'Objecting to a use that rests on an interest, limiting use and taking information to another service have no page in this version. The law may give you these rights all the same; the contact is where to ask.',
        ),
      ),
    ],
    'zh-Hans': [
      notYet(
        ['pp.4.4.b', 'pp.4.4.c'],
        paragraph(
          '反对以正当利益为依据的用途、限制使用、把信息带往其他服务，本版本没有相应的页面。法律可能同样赋予您这些权利；请通过联系方式提出。',
        ),
      ),
    ],
  },
}

/** Leaving, in the agreement. */
export const leaving: Topic = {
  on: {
    en: [
      paragraph(
        'You may stop at any time, without a reason: delete your account in the app, under “Your data”. You can call it back for 72 hours.',
      ),
    ],
    'zh-Hans': [
      paragraph('您可以随时停止使用，无需理由：在应用的“您的数据”中删除账号即可，72 小时内可以撤回。'),
    ],
  },
  off: {
    en: [
      paragraph(
        'You may stop at any time, without a reason. Sign out in the app, and ask for your account to be deleted through the ',
        page('contact', 'contact'),
        '. In a household of one account, deleting the data folder, the key file and the folder of messages has the same effect at once.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '您可以随时停止使用，无需理由。您可以在应用中退出登录，并通过',
        page('联系页面', 'contact'),
        '要求删除账号。家用服务器如果只有一个账号，删除数据目录、密钥文件和消息目录即可立即达到同样的效果。',
      ),
    ],
  },
}
