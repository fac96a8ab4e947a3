import {
  consent,
  contract,
  legitimateInterest,
  separateConsent,
  purposes as purposeIds,
  type Bases,
  type Locale,
  type Purpose,
  type Recipient,
} from '@eaves/model'
import type { ClauseId } from './clauses.ts'

export interface PurposeTexts {
  readonly name: string
  /** What is used, then what for, then what follows from saying no. */
  readonly what: string
  readonly why: string
  readonly effectOfNo: string
}

export interface PurposeEntry {
  /** Optional purposes need consent, start off, and become the switches of the gate. */
  readonly optional: boolean
  /** A purpose for which something leaves, and to what kind of recipient: it is chosen by each recipient's name, never at the gate. // pp.3.1.1 */
  readonly recipient?: Recipient
  readonly bases: Bases
  readonly clauses: readonly ClauseId[]
  readonly texts: Readonly<Record<Locale, PurposeTexts>>
  /** Named wherever a basis is a legitimate interest: the interest itself and how it was weighed. // pp.lb.4 */
  readonly interest?: Readonly<Record<Locale, { readonly interest: string; readonly weighing: string }>>
}

const core: PurposeEntry = {
  optional: false,
  bases: {
    EU: contract('GDPR 6(1)(b)'),
    CN: contract('PIPL 13(1)(2)'),
    US: contract('CCPA 1798.100'),
    other: contract('service agreement'),
  },
  clauses: ['pp.2.3.1', 'pp.lb.2'], // pp.2.3.1
  texts: {
    en: {
      name: 'Running your home',
      what: 'Your e-mail address or phone number, your homes and rooms, and what your devices report and are told.',
      why: 'To let you in, show your home as it is, and switch what you ask to be switched.',
      effectOfNo: 'Without this there is no account and no home to show.',
    },
    'zh-Hans': {
      name: '运行您的家',
      what: '您的邮箱地址或手机号码、您的家和房间，以及设备上报的状态和收到的指令。',
      why: '用来让您登录、如实显示家中的情况，并执行您发出的操作。',
      effectOfNo: '没有这些信息，就无法建立账号，也没有可以显示的家。',
    },
  },
}

/** What is on the page about a home is for that page: whoever leaves the fields empty misses nothing else. // pp.2.2.1 */
const aboutHome: PurposeEntry = {
  optional: false,
  bases: core.bases,
  clauses: ['pp.2.2.1', 'pp.4.1'], // pp.2.2.1 pp.4.1
  texts: {
    en: {
      name: 'Showing what you noted about your home',
      what: 'The floor area, the family status and the address of a home, where somebody has entered them.',
      why: 'To show it to the owners, administrators and adults of this home on the page “About the home”. Nothing else in Eaves reads it.',
      effectOfNo: 'Leave the fields empty, and the page stays empty. Everything else works the same.',
    },
    'zh-Hans': {
      name: '显示您为家记下的内容',
      what: '家的面积、家庭状况和住址——前提是有人填写。',
      why: '用来在“关于这个家”页面上显示给这个家的所有者、管理员和成年成员。Eaves 的其他部分不会读取。',
      effectOfNo: '不填写，页面上就没有这些内容，其他功能完全不受影响。',
    },
  },
}

const security: PurposeEntry = {
  optional: false,
  // The law of CN and the strictest reading elsewhere know no legitimate interest, so the contract carries it there. // pp.lb.2
  bases: {
    EU: legitimateInterest('GDPR 6(1)(f)'),
    CN: contract('PIPL 13(1)(2)'),
    US: contract('CCPA 1798.100'),
    other: contract('service agreement'),
  },
  clauses: ['pp.2.3.3', 'pp.2.2.3', 'pp.lb.4'], // pp.2.3.3 pp.2.2.3
  texts: {
    en: {
      name: 'Keeping accounts and the server safe',
      what: 'What was done with an account and when, by which sign-in, from which network address, and which attempts failed. Whole addresses are shortened after seven days.',
      why: 'To slow down people who guess codes, and to let you notice a sign-in that was not yours.',
      effectOfNo:
        'This cannot be switched off, because everyone’s account depends on it. In the European Union you may object and have your case looked at.',
    },
    'zh-Hans': {
      name: '保护账号和服务器的安全',
      what: '账号在什么时间、由哪次登录、从哪个网络地址做过什么，以及失败的尝试。完整的网络地址七天后截短。',
      why: '用来拖慢猜测验证码的人，也让您能发现不是自己的登录。',
      effectOfNo:
        '每个人的账号安全都依赖于此，因此不能关闭。如果您在欧盟，您可以提出反对，并要求对您的情况单独评估。',
    },
  },
  interest: {
    // pp.lb.4
    en: {
      interest: 'Keeping strangers out of accounts and homes.',
      weighing:
        'Only the time, the kind of act and the network address are used, the whole address for seven days, for nothing else, and you can see what concerns you. A break-in would harm you and the people you live with far more.',
    },
    'zh-Hans': {
      interest: '不让陌生人进入账号和家。',
      weighing:
        '只使用时间、操作的种类和网络地址，完整地址只保存七天，不作他用，与您有关的记录您都能看到。相比之下，账号被他人闯入对您和家人的伤害要大得多。',
    },
  },
}

const deviceLabel: PurposeEntry = {
  optional: true,
  bases: {
    EU: consent('GDPR 6(1)(a), ePrivacy 5(3)'),
    CN: consent('PIPL 13(1)(1)'),
    US: consent('opt-in'),
    other: consent('opt-in'),
  },
  clauses: ['pp.2.2.2'], // pp.2.2.2
  texts: {
    en: {
      name: 'Naming the phone in your list of sign-ins',
      what: 'The make and model of the phone or computer you sign in with, as its browser states them.',
      why: 'So that your own list of sign-ins names the phone rather than only the time. Nobody else sees it.',
      effectOfNo:
        'Your list of sign-ins shows times and shortened network addresses only. Everything else works the same.',
    },
    'zh-Hans': {
      name: '在登录记录中显示手机型号',
      what: '您登录时所用手机或电脑的品牌和型号，以浏览器告知的为准。',
      why: '这样，您自己的登录记录里会写明是哪一部手机，而不只是一个时间。其他人看不到。',
      effectOfNo: '登录记录只显示时间和截短的网络地址，其他功能完全不受影响。',
    },
  },
}

const searchHistory: PurposeEntry = {
  optional: true,
  bases: {
    EU: consent('GDPR 6(1)(a)'),
    CN: consent('PIPL 13(1)(1)'),
    US: consent('opt-in'),
    other: consent('opt-in'),
  },
  clauses: ['pp.2.2.3'], // pp.2.2.3
  texts: {
    en: {
      name: 'Keeping your searches',
      what: 'The words you search for in the app, and when.',
      why: 'So that you find your own earlier searches again. Nobody else sees them.',
      effectOfNo: 'Searching works the same and leaves nothing behind.',
    },
    'zh-Hans': {
      name: '记住您搜索过的内容',
      what: '您在应用中搜索的文字和时间。',
      why: '方便您找回自己搜索过的内容。其他人看不到。',
      effectOfNo: '搜索功能完全一样，不会留下任何记录。',
    },
  },
}

/** Each manufacturer is asked for by its own name; nothing here says yes to one. // pp.3.1.3 */
const manufacturerQuality: PurposeEntry = {
  optional: true,
  recipient: 'chosen-manufacturer',
  bases: {
    EU: consent('GDPR 6(1)(a)'),
    CN: separateConsent('PIPL 23'),
    US: consent('opt-in'),
    other: consent('opt-in'),
  },
  clauses: ['pp.3.1.1', 'pp.3.1.3'], // pp.3.1.1 pp.3.1.3
  texts: {
    en: {
      name: 'Reports to a manufacturer about its devices',
      what: 'Once a day, of the devices of that brand in homes where you are an owner, administrator or adult: only the kinds of information you chose, never names, values, addresses or hardware numbers.',
      why: 'So that the manufacturer sees how its devices do, and makes better ones. It may use this for nothing else.',
      effectOfNo: 'Nothing is sent. Your devices and everything in Eaves work the same.',
    },
    'zh-Hans': {
      name: '向厂商报告其设备的使用情况',
      what: '每天一次，仅限您是所有者、管理员或成年成员的家中该品牌的设备，且只包含您选择的那几类信息，绝不包含名称、数值、地址或硬件编号。',
      why: '让厂商了解其设备的使用情况并加以改进，不得用于其他目的。',
      effectOfNo: '什么都不会发送。您的设备和 Eaves 的所有功能完全不受影响。',
    },
  },
}

/** Every purpose there is. A use outside this table cannot be written down, let alone carried out. */
export const purposes: Readonly<Record<Purpose, PurposeEntry>> = Object.freeze({
  'service.core': core,
  'home.about': aboutHome,
  security,
  'account.device-label': deviceLabel,
  'account.search-history': searchHistory,
  'sharing.manufacturer-quality': manufacturerQuality,
})

/** The purposes that need a person's choice and let nothing leave; the gate draws one switch for each, all off. */
export const optionalPurposes: readonly Purpose[] = Object.freeze(
  purposeIds.filter((id) => purposes[id].optional && purposes[id].recipient === undefined),
)

/**
 * Whether a purpose can be refused by one person: what needs a choice, and what rests on an interest anywhere. Who may refuse it
 * in one region may in all. What remains is what the account itself is for. // pp.4.4.b pp.8 pp.1.3
 */
export function mayObject(purpose: Purpose): boolean {
  const { optional, bases } = purposes[purpose]
  return optional || Object.values(bases).some(({ kind }) => kind === 'legitimate-interest')
}
