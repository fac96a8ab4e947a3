import { locales, type Locale } from '@eaves/model'

interface Template {
  /** Each parameter with the longest value it may take. */
  readonly parameters: Readonly<Record<string, number>>
  /** Whether it carries a code that somebody is expected to enter soon. */
  readonly hasCode: boolean
  readonly words: Readonly<Record<Locale, string>>
}

/** Every text message there is. Nothing else is sent: gateways and carriers register these by their ids. // T13 */
export const textTemplates = {
  'sign-in.code': {
    parameters: { code: 6, minutes: 2 },
    hasCode: true,
    words: {
      en: '{code} is your Eaves sign-in code. It works once, for {minutes} minutes. Eaves never asks for it by phone or message.',
      'zh-Hans': '{code} 是您的 Eaves 登录验证码，{minutes} 分钟内有效，只能用一次。请勿告诉任何人。',
    },
  },
  'proof.code': {
    parameters: { code: 6, minutes: 2 },
    hasCode: true,
    words: {
      en: '{code} confirms a change to your Eaves account. It works once, for {minutes} minutes. Not you? Give it to nobody and end that sign-in.',
      'zh-Hans': '{code} 是您确认更改 Eaves 账号的验证码，{minutes} 分钟内有效，只能用一次。请勿告诉任何人。',
    },
  },
  'address.code': {
    parameters: { code: 6, minutes: 2 },
    hasCode: true,
    words: {
      en: '{code} confirms this number for an Eaves account. It works once, for {minutes} minutes. Not you? Do nothing.',
      'zh-Hans': '{code} 用于确认将此号码用于 Eaves 账号，{minutes} 分钟内有效，只能用一次。请勿告诉任何人。',
    },
  },
  'notice.account-changed': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: a way to sign in to your account was changed. Not you? Sign in, end the sign-ins you do not know and look at Account and security.',
      'zh-Hans': 'Eaves：您账号的登录方式已更改。如果不是您本人，请登录并检查“账号与安全”。',
    },
  },
  'notice.sign-in-new': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: your account was signed in to from a browser that was not signed in before. Not you? End it under Me, Where you are signed in.',
      'zh-Hans': 'Eaves：您的账号刚在一个新的浏览器上登录。如果不是您本人，请在“我的”的登录记录中将其结束。',
    },
  },
  'notice.address-changed': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: an address of your account was changed. Not you? Sign in, end the sign-ins you do not know and change it back.',
      'zh-Hans': 'Eaves：您账号的联系方式已更改。如果不是您本人，请登录，结束您不认识的登录并改回。',
    },
  },
  /** To the number that was taken off, which signs nobody in any more: the code is its way back. */
  'notice.address-undo': {
    parameters: { code: 19 },
    hasCode: false,
    words: {
      en: 'Eaves: this number was taken off your account. Not you? Within 72 hours enter {code} in Eaves under Sign in, Undo a change of address.',
      'zh-Hans': 'Eaves：此号码已从您的账号移除。非本人操作？72 小时内在登录页“撤销地址更改”中输入 {code}。',
    },
  },
  'notice.home-people': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: something has changed about the people of your home. Open Eaves to see what. If you did not expect this, look at its members.',
      'zh-Hans': 'Eaves：您家的成员情况有变化，请打开 Eaves 查看。如果不是您预期的，请检查成员。',
    },
  },
  /** Without the link: what a message can be tapped for is what false ones live by. */
  invitation: {
    parameters: { code: 24, hours: 3 },
    hasCode: false,
    words: {
      en: 'You are invited to a home in Eaves. Code: {code}. It works once, for {hours} hours. Enter it at the address that whoever invites you gives you.',
      'zh-Hans': '有人邀请您加入一个 Eaves 家。邀请码：{code}，{hours} 小时内有效，只能用一次。',
    },
  },
  'notice.danger': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: a detector of your home reports a danger. Look at once, or ask whoever is there. Open Eaves to see what it is.',
      'zh-Hans': 'Eaves：您家有探测器报警，请立即查看或请在场的人查看。详情请打开 Eaves。',
    },
  },
  'notice.policy-changed': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: the service agreement and privacy statement change. Open Eaves the way you always do to see what changes, from when, and to decide.',
      'zh-Hans': 'Eaves：服务协议和隐私声明将有变更。请像平时一样打开 Eaves 查看变化和生效时间。',
    },
  },
  'notice.staff-looked': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: staff opened your contact data in an emergency. Open Eaves the way you always do and see under Your data, Who looked.',
      'zh-Hans':
        'Eaves：工作人员因紧急情况查看了您的联系方式。请像平时一样打开 Eaves，在“您的数据”中打开“谁看过”。',
    },
  },
  'notice.correction-waits': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: somebody says that data about them is wrong and waits for an answer. Open Eaves the way you always do and see under Me, Corrections.',
      'zh-Hans':
        'Eaves：有人指出关于自己的数据有误，正等待答复。请像平时一样打开 Eaves，在“我”中打开“更正”。',
    },
  },
  'notice.request-news': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: there is news of a request of yours about your data. Open Eaves the way you always do and see under Me, Your data.',
      'zh-Hans': 'Eaves：您关于个人数据的一项申请有了新的进展。请像平时一样打开 Eaves，在“您的数据”中查看。',
    },
  },
  'notice.access-ended': {
    parameters: {},
    hasCode: false,
    words: {
      en: 'Eaves: your access to a home has ended. If you did not expect this, ask whoever keeps the home.',
      'zh-Hans': 'Eaves：您对一个家的访问已结束。如有疑问，请询问这个家的管理者。',
    },
  },
} as const satisfies Record<string, Template>
export type TextTemplate = keyof typeof textTemplates

/** A text message before it has words. */
export interface TextUse {
  readonly template: TextTemplate
  readonly parameters: Readonly<Record<string, string>>
}

/** The words of a template; throws for a template, language or parameter that is not registered. */
export function textWords({ template, parameters }: TextUse, locale: Locale): string {
  if (!Object.hasOwn(textTemplates, template) || !locales.includes(locale))
    throw new Error('No such template of a text message.')
  const { parameters: known, words } = textTemplates[template] as Template
  for (const [name, value] of Object.entries(parameters))
    if (value.length > (known[name] ?? -1)) throw new Error(`The template ${template} takes no such ${name}.`)
  return words[locale].replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`The template ${template} lacks ${name}.`)
    return value
  })
}

export const hasCode = (template: TextTemplate): boolean => textTemplates[template].hasCode

const gsm = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const gsmTwice = new Set('^{}\\[~]|€\f')

/** How many segments a text takes, which is what is paid for: 160 characters of the GSM alphabet, or 70 of any other. */
export function segmentsOf(text: string): number {
  let septets = 0
  for (const character of text) {
    if (gsm.has(character)) septets += 1
    else if (gsmTwice.has(character)) septets += 2
    else return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
  }
  return septets <= 160 ? 1 : Math.ceil(septets / 153)
}
