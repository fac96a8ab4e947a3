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
            'Nothing about you is shared unless you say so: for each recipient, each purpose and each kind of information by a switch of its own, which starts off.',
          ),
          ' You can take a yes back at any time, as easily as you gave it; it holds before the next sending, also for what waits to be sent.',
        ),
      ),
      keeps(
        ['pp.3.1.3'],
        paragraph(
          'A manufacturer can get reports on the quality of its devices, if you choose that for this manufacturer and this kind of information: a coarse area instead of a place, a made-up number that is another for each manufacturer instead of your phone’s, sums instead of single values.',
        ),
      ),
      paragraph(
        'The page “Who received it” lists each sending: to whom, which fields, what for, when, on which yes.',
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.3.1', 'pp.3.1.1'],
        paragraph(
          important(
            'sharing',
            '未经您同意，与您有关的信息不会共享：每个接收方、每项用途、每类信息都有单独的开关，默认关闭。',
          ),
          '您可以随时撤回，与当初打开时一样简单；撤回在下一次发送之前生效，对等待发送的内容同样有效。',
        ),
      ),
      keeps(
        ['pp.3.1.3'],
        paragraph(
          '如果您就某一家厂商、某一类信息作出选择，该厂商可以得到其设备的质量报告：只有大致区域而没有具体位置，以各厂商互不相同的随机编号代替手机标识，只有汇总而没有单个数值。',
        ),
      ),
      paragraph('“谁得到了信息”页面列出每一次发送：发给谁、哪些字段、用途、时间、依据哪一次同意。'),
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
          'Every recipient stands in a register by its real name, with what it may get, for what, and the agreement that binds it. Without an agreement in date no report is sent; only a request to delete that you make goes to whoever has already received something. The register of this server starts empty.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.3.1.4', 'pp.3.1.p', 'pp.3.1.a'],
        paragraph(
          '每个接收方都以真实名称登记，写明可以得到什么、用于什么，以及约束它的协议。没有在有效期内的协议，就不会发送报告；只有您提出的删除请求，会发给已经得到信息的接收方。本服务器的登记表起初为空。',
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
          'Marketing: there is none. If your browser sends the signal Global Privacy Control, every sharing is switched off for you, and the app shows that it was heard.',
        ),
      ),
    ],
    'zh-Hans': [
      keeps(
        ['pp.4.4.d'],
        paragraph(
          '营销：没有营销。如果您的浏览器发送全局隐私控制（GPC）信号，所有共享都会为您关闭，应用会显示已收到该信号。',
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
