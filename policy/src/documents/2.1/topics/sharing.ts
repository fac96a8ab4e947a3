import { important, keeps, notYet, paragraph } from '../../ast.ts'
import type { Locale } from '@eaves/model'
import { offers } from '../offers.ts'
import type { Topic } from './topic.ts'

/** What may go to others. */
export const sharing: Topic = {
  on: {
    en: [
      keeps(
        ['pp.3.1', 'pp.3.1.1'],
        paragraph(
          important(
            'sharing',
            'Nothing about you goes to a manufacturer or partner unless you say so: for each recipient, each purpose and each kind of information by a switch of its own, which starts off.',
          ),
          ' You can take a yes back at any time, as easily as you gave it; it holds before the next sending, also for what waits to be sent. A yes ends by itself after two years, and when the text it was given to changes.',
        ),
      ),
      keeps(
        ['pp.3.1.3'],
        paragraph(
          'A manufacturer can get one report a day on its own devices, if you choose that for this manufacturer and this kind of information: the continents of your homes instead of a place; a made-up number that is another for each manufacturer instead of your phone’s; and, for each model and version of its program, how many there are, how many cannot be reached and roughly how often you switched them within a day.',
        ),
      ),
      paragraph(
        'The page “Who received it” lists each report and each request to delete: to whom, which fields, what for, when, and on which yes.',
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.3.1', 'pp.3.1.1'],
        paragraph(
          important(
            'sharing',
            '未经您同意，与您有关的任何信息都不会提供给厂商或合作方：每个接收方、每项用途、每类信息都有单独的开关，默认关闭。',
          ),
          '您可以随时撤回，与当初打开时一样简单；撤回在下一次发送之前生效，对等待发送的内容同样有效。同意在两年后自动失效；当初同意的文字有变动时，同意同样失效。',
        ),
      ),
      keeps(
        ['pp.3.1.3'],
        paragraph(
          '如果您就某一家厂商、某一类信息作出选择，该厂商每天可以得到一份关于其自身设备的报告：只有您的家所在的大洲，没有具体位置；以各厂商互不相同的随机编号代替手机标识；以及每种型号和固件版本有多少台、多少台无法连接、您一天内大致操作了多少次。',
        ),
      ),
      paragraph(
        '“谁收到过”页面列出每一份报告和每一次删除请求：发给谁、哪些字段、用途、时间、依据哪一次同意。',
      ),
    ],
  },
  off: {
    en: [
      keeps(
        ['pp.3.1'],
        paragraph(
          important(
            'sharing',
            'Eaves shares your information with nobody: not with manufacturers, not with advertisers, not with the people who write it.',
          ),
        ),
      ),
      notYet(
        ['pp.3.1.1', 'pp.3.1.3'],
        paragraph(
          'There is no sharing with manufacturers in this version and no switch for any sharing. Should it come, you would be asked to agree to a new text first.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.3.1'],
        paragraph(
          important('sharing', 'Eaves 不与任何人共享您的信息：不给设备厂商，不给广告商，也不给它的开发者。'),
        ),
      ),
      notYet(
        ['pp.3.1.1', 'pp.3.1.3'],
        paragraph('本版本不存在向设备厂商的共享，也没有任何共享的开关。如果将来提供，会先请您同意新的文本。'),
      ),
    ],
  },
}

/** Partners. */
export const partners: Topic = {
  on: {
    en: [
      keeps(
        ['pp.3.1.4', 'pp.3.1.p', 'pp.3.1.a'],
        paragraph(
          'Every recipient stands by its own name in a register that anybody can read, with what it may get at most, what for, and the agreement that binds it. Without an agreement in date no report is sent. A request to delete goes to whoever has already received something, when you ask for it or delete your account. The register starts empty; whoever runs the server fills it.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.3.1.4', 'pp.3.1.p', 'pp.3.1.a'],
        paragraph(
          '每个接收方都以自己的名称列入任何人都能查看的登记表，写明最多可以得到什么、用于什么，以及约束它的协议。没有在有效期内的协议，就不会发送报告。您要求对方删除或删除账号时，删除请求会发给已经得到信息的接收方。登记表起初为空，由服务器的运行者填写。',
        ),
      ),
    ],
  },
  off: {
    en: [
      keeps(
        ['pp.3.1.4'],
        paragraph(
          'Eaves has no partners who receive your information: the program has no way to send them any.',
        ),
      ),
      notYet(
        ['pp.3.1.p', 'pp.3.1.a'],
        paragraph(
          'There is no register of partners and no record of agreements with them in this version, and therefore nothing that could be sent under one.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(['pp.3.1.4'], paragraph('Eaves 没有任何会得到您信息的合作方：程序没有向其发送信息的途径。')),
      notYet(
        ['pp.3.1.p', 'pp.3.1.a'],
        paragraph('本版本没有合作方登记表，也不记录与其签订的协议，因此没有任何信息可以据此发送。'),
      ),
    ],
  },
}

/** Marketing, and the browser's signal. */
export const marketing: Topic = {
  on: {
    en: [
      keeps(
        ['pp.4.4.d'],
        paragraph(
          'Marketing: there is none. If your browser sends the signal Global Privacy Control, your yes to every recipient is switched off, and “Who received it” shows that the signal was heard.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.4.4.d'],
        paragraph(
          '营销：没有营销。如果您的浏览器发送全局隐私控制（GPC）信号，您对所有接收方的同意都会关闭，“谁收到过”页面会显示已收到该信号。',
        ),
      ),
    ],
  },
  off: {
    en: [notYet(['pp.4.4.d'], paragraph('Marketing: there is none, so there is nothing to opt out of.'))],
    'zh-Hans': [notYet(['pp.4.4.d'], paragraph('营销：没有营销，因此无需退订。'))],
  },
}

/** What an offer to share adds to the sections on purposes, bases and other countries, and to the first plain point. // pp.0 */
interface Elsewhere {
  readonly purpose: readonly string[]
  readonly basis: readonly string[]
  readonly abroad: string
  readonly point: string
}
const withSharing: Readonly<Record<Locale, Elsewhere>> = {
  en: {
    purpose: ['To report to a manufacturer on its devices, if you choose that for it by its name.'],
    basis: [
      'Reports to a manufacturer rest on your consent to it by name, everywhere (GDPR Article 6(1)(a), PIPL Article 23).',
    ],
    abroad:
      ' A manufacturer that you choose may stand in another region; its switch says where, and no report goes there unless the register names the safeguard for it. A copy of the safeguard cannot be had through the program in this version.',
    point:
      'Your home’s information stays on this server and with the broker you link, unless you choose a recipient by its name. The people who write Eaves get nothing.',
  },
  'zh-Hans': {
    purpose: ['向厂商报告其设备的使用情况，前提是您对该厂商逐一作出选择。'],
    basis: [
      '向厂商的报告，在任何地区都依据您对该厂商的单独同意（GDPR 第 6 条第 1 款 a 项，《个人信息保护法》第二十三条）。',
    ],
    abroad:
      '您选择的厂商可能位于其他地区，开关旁会写明；除非登记表载明相应的保障措施，否则不会向其发送报告。本版本还不能通过程序索取保障措施的副本。',
    point:
      '家里的信息留在这台服务器和您所连接的消息服务器上，除非您逐一选定接收方。Eaves 的开发者得不到任何信息。',
  },
}
const withoutSharing: Readonly<Record<Locale, Elsewhere>> = {
  en: {
    purpose: [],
    basis: [],
    abroad: ' A transfer under safeguards, with a copy of them on request, does not exist in this version.',
    point:
      'Your home’s information stays on this server and with the broker you link. The people who write Eaves get nothing.',
  },
  'zh-Hans': {
    purpose: [],
    basis: [],
    abroad: '本版本没有附带保障措施的跨境传输，也没有可供索取的副本。',
    point: '家里的信息留在这台服务器和您所连接的消息服务器上。Eaves 的开发者得不到任何信息。',
  },
}
export const elsewhere = (
  locale: Locale,
  { sharing: isOffered }: { readonly sharing: boolean } = offers,
): Elsewhere => (isOffered ? withSharing : withoutSharing)[locale]
