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
        ['See', 'Every kind of information with its values, its purpose, its basis and its end'],
        ['Copy or take away', 'An encrypted archive, as JSON with its schema and as CSV, for seven days'],
        ['Correct', 'In place, where it is shown'],
        [
          'Delete',
          'Told to your addresses first; you can call it back for 72 hours; then the keys are destroyed and each place is checked',
        ],
        ['Refuse a use', 'The use stops at once and is looked at'],
        ['Limit', 'Storage only, until you lift it'],
      ),
      paragraph(
        'Each request has a number, a day by which it must be answered, and its progress on the page. In a home with others, only what is yours goes; the home goes with its last adult.',
      ),
      keeps(
        reasons,
        paragraph(
          'If you say that information was used against the law, without your consent or against the agreement, the request goes first, and how it happened is looked into.',
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
        ['查看', '每一类信息的实际内容、用途、依据和保存期限'],
        ['复制或带走', '加密的压缩包，包含 JSON 及其结构说明和 CSV，保留七天'],
        ['更正', '在显示的地方直接修改'],
        ['删除', '先通知您的各个联系方式；72 小时内可以撤回；之后销毁密钥，并逐处核实'],
        ['拒绝某项用途', '该用途立即停止，并进行审查'],
        ['限制使用', '只保存、不使用，直到您解除限制'],
      ),
      paragraph(
        '每个请求都有编号和答复期限，页面上可以看到进度。与他人共住的家，只删除属于您的内容；最后一位成年人离开时，家随之删除。',
      ),
      keeps(
        reasons,
        paragraph('如果您说明信息被违法使用、未经同意使用或违反协议使用，该请求优先处理，并查明原因。'),
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
          'Object: where a use rests on an interest, it stops for you at once, while your objection is looked at.',
          'Limit: what works by itself stores information about you and does not use it; only you end that.',
          'Take away: you get what you gave and what your devices made, in a form that other services can read.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.4.4.b', 'pp.4.4.c'],
        list(
          '反对：以正当利益为依据的用途，对您立即停止，同时审查您的反对意见。',
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
        'You may stop at any time, without a reason: delete your account in the app, under your privacy. You can call it back for 72 hours.',
      ),
    ],
    'zh-Hans': [paragraph('您可以随时停止使用，无需理由：在应用的隐私页面删除账号即可，72 小时内可以撤回。')],
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
