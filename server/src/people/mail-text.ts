import type { Locale } from '@eaves/model'
import type { TextUse } from './text-templates.ts'

export interface MailText {
  readonly subject: string
  readonly text: string
  /** The same as a text message; undefined = by e-mail only. */
  readonly sms: TextUse | undefined
}
type Words = Omit<MailText, 'sms'>

/** The code and nothing to click: a message that signs nobody in by a link teaches nobody to follow one. */
const codeTexts: Readonly<Record<Locale, (code: string, minutes: number) => Words>> = {
  en: (code, minutes) => ({
    subject: 'Your Eaves sign-in code',
    text: `Your sign-in code is\n\n    ${code}\n\nIt works once, for ${minutes} minutes, and only where you asked for it.\nEaves never asks for it by phone or message. If you did not ask for a code, do nothing: nobody can sign in without it.\n`,
  }),
  'zh-Hans': (code, minutes) => ({
    subject: '您的 Eaves 登录验证码',
    text: `您的登录验证码是\n\n    ${code}\n\n验证码只能使用一次，${minutes} 分钟内有效，并且只能在您请求它的地方使用。\nEaves 不会通过电话或消息向您索要验证码。如果不是您本人操作，请忽略本邮件：没有验证码，任何人都无法登录。\n`,
  }),
}

/** For somebody who is signed in already: it opens one act there and nothing else. */
const proofTexts: Readonly<Record<Locale, (code: string, minutes: number) => Words>> = {
  en: (code, minutes) => ({
    subject: 'Your Eaves confirmation code',
    text: `Somebody who is signed in to your Eaves account wants to change something sensitive. The code that confirms it is\n\n    ${code}\n\nIt works once, for ${minutes} minutes, and only in that browser.\nEaves never asks for it by phone or message. If this is not you, give the code to nobody, sign in, and end that sign-in under Me, "Where you are signed in".\n`,
  }),
  'zh-Hans': (code, minutes) => ({
    subject: '您的 Eaves 确认码',
    text: `有人已登录您的 Eaves 账号，正准备进行一项重要更改。确认码是\n\n    ${code}\n\n确认码只能使用一次，${minutes} 分钟内有效，并且只能在该浏览器中使用。\nEaves 不会通过电话或消息向您索要确认码。如果不是您本人操作，请勿将确认码告诉任何人；请登录后在“我”的“登录位置”中结束那次登录。\n`,
  }),
}

/** To an address that is about to become somebody's. */
const addressTexts: Readonly<Record<Locale, (code: string, minutes: number) => Words>> = {
  en: (code, minutes) => ({
    subject: 'Confirm this address for Eaves',
    text: `Somebody wants to use this address for their Eaves account. If it is you, the code that confirms it is\n\n    ${code}\n\nIt works once, for ${minutes} minutes, and only in that browser.\nIf it is not you, do nothing: without the code the address is not used.\n`,
  }),
  'zh-Hans': (code, minutes) => ({
    subject: '确认用于 Eaves 的地址',
    text: `有人想把此地址用于其 Eaves 账号。如果是您本人，确认码是\n\n    ${code}\n\n确认码只能使用一次，${minutes} 分钟内有效，并且只能在该浏览器中使用。\n如果不是您本人操作，请忽略：没有确认码，该地址不会被使用。\n`,
  }),
}
const takenTexts: Readonly<Record<Locale, Words>> = {
  en: {
    subject: 'This address belongs to an Eaves account already',
    text: 'Somebody, perhaps you, tried to use this address for another Eaves account. It belongs to one already, so nothing was changed, and the other person was not told.\nIf it was you, remove the address from the account that has it first. If it was not, there is nothing to do.\n',
  },
  'zh-Hans': {
    subject: '此地址已属于一个 Eaves 账号',
    text: '有人（可能是您本人）试图把此地址用于另一个 Eaves 账号。该地址已属于一个账号，因此没有做任何更改，对方也未被告知。\n如果是您本人操作，请先从现有账号中移除该地址。如果不是，则无需处理。\n',
  },
}

const unknownTexts: Readonly<Record<Locale, Words>> = {
  en: {
    subject: 'No Eaves account with this address',
    text: 'Somebody, perhaps you, tried to sign in to Eaves with this address, but there is no account for it.\nTo make one, choose "Sign up" and read the two documents first. If it was not you, do nothing: nothing about you has been kept.\n',
  },
  'zh-Hans': {
    subject: '此地址没有 Eaves 账号',
    text: '有人（可能是您本人）尝试用此地址登录 Eaves，但该地址没有对应的账号。\n如需注册，请选择“注册”，并先阅读两份文件。如果不是您本人操作，请忽略本邮件：我们没有保存您的任何信息。\n',
  },
}

export const codeText = (locale: Locale, code: string, minutes: number): MailText => ({
  ...codeTexts[locale](code, minutes),
  sms: { template: 'sign-in.code', parameters: { code, minutes: String(minutes) } },
})
export const proofCodeText = (locale: Locale, code: string, minutes: number): MailText => ({
  ...proofTexts[locale](code, minutes),
  sms: { template: 'proof.code', parameters: { code, minutes: String(minutes) } },
})
export const addressCodeText = (locale: Locale, code: string, minutes: number): MailText => ({
  ...addressTexts[locale](code, minutes),
  sms: { template: 'address.code', parameters: { code, minutes: String(minutes) } },
})
/** Not to a phone, as below. // T13 */
export const addressTakenText = (locale: Locale): MailText => ({ ...takenTexts[locale], sms: undefined })
/** Not to a phone: a message to every number that a stranger types is what pumping lives by. // T13 */
export const unknownText = (locale: Locale): MailText => ({ ...unknownTexts[locale], sms: undefined })
