import type { Locale } from '@eaves/model'
import type { MailText } from './mail-text.ts'

interface Named {
  readonly name: string
}
/** What a person is told of their account, by what there is to say about it. */
interface Happenings {
  'passkey-added': Named
  'passkey-removed': Named
  'passkey-copied': Named
}
export type Happening = { [K in keyof Happenings]: { readonly kind: K } & Happenings[K] }[keyof Happenings]

type Words = readonly [subject: string, what: string]
const words: {
  readonly [L in Locale]: { readonly [K in keyof Happenings]: (about: Happenings[K]) => Words }
} = {
  en: {
    'passkey-added': ({ name }) => [
      'A passkey was added',
      `A passkey was added to your Eaves account: ${name}.`,
    ],
    'passkey-removed': ({ name }) => [
      'A passkey was removed',
      `A passkey was removed from your Eaves account: ${name}.`,
    ],
    'passkey-copied': ({ name }) => [
      'A passkey was refused',
      `Somebody tried to sign in to your Eaves account with the passkey ${name}, and it looks like a copy of it. It was refused. Remove that passkey under Me, "Account and security", and add a new one.`,
    ],
  },
  'zh-Hans': {
    'passkey-added': ({ name }) => ['已添加通行密钥', `您的 Eaves 账号添加了一个通行密钥：${name}。`],
    'passkey-removed': ({ name }) => ['已移除通行密钥', `您的 Eaves 账号移除了一个通行密钥：${name}。`],
    'passkey-copied': ({ name }) => [
      '已拒绝一个通行密钥',
      `有人试图用通行密钥“${name}”登录您的 Eaves 账号，但它看起来是复制品，已被拒绝。请在“我”的“账号与安全”中移除该通行密钥，并重新添加。`,
    ],
  },
}
const frames: Readonly<Record<Locale, (what: string, when: string) => string>> = {
  en: (what, when) =>
    `${what}\n\nWhen: ${when}\n\nIf this was you, there is nothing to do.\nIf it was not: sign in to Eaves at the address you always use, end the sign-ins you do not know under Me, "Where you are signed in", and look at "Account and security". This message has no link to follow, on purpose.\n`,
  'zh-Hans': (what, when) =>
    `${what}\n\n时间：${when}\n\n如果是您本人操作，则无需处理。\n如果不是：请用您平时使用的地址登录 Eaves，在“我”的“登录位置”中结束您不认识的登录，并检查“账号与安全”。本邮件特意不含任何链接。\n`,
}

export function noticeText(locale: Locale, happening: Happening, atMs: number): MailText {
  const [subject, what] = say(locale, happening.kind, happening)
  return {
    subject: `Eaves: ${subject}`,
    text: frames[locale](what, whenText(atMs)),
    sms: { template: 'notice.account-changed', parameters: {} },
  }
}

function say<K extends keyof Happenings>(locale: Locale, kind: K, about: Happenings[K]): Words {
  return words[locale][kind](about)
}
/** A server knows nobody's time zone. */
export const whenText = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
