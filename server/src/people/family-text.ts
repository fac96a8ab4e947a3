import type { Locale } from '@eaves/model'
import type { MailText } from './mail-text.ts'

/** What people of a home are told by message. No message names a home or a person: that stands in the app. // pp.3.1 */
export type FamilyNotice =
  | 'joined'
  | 'child-alone'
  | 'home-offered'
  | 'home-handed-over'
  | 'home-received'
  | 'locked-out'

const mine = {
  en: 'Open Eaves to see which home it is and what has changed. If you did not expect this, look at Me → Members.\n',
  'zh-Hans': '请打开 Eaves 查看是哪个家以及有什么变化。如果这不是您预期的，请查看“我的 → 成员”。\n',
} as const satisfies Record<Locale, string>

type Words = Omit<MailText, 'sms'>
const texts: Readonly<Record<FamilyNotice, Readonly<Record<Locale, Words>>>> = {
  joined: {
    en: { subject: 'Somebody has joined your home', text: `Somebody accepted an invitation. ${mine.en}` },
    'zh-Hans': { subject: '有人加入了您的家', text: `有人接受了邀请。${mine['zh-Hans']}` },
  },
  'child-alone': {
    en: {
      subject: 'A child of your home has no adult there now',
      text: `The adult who answered for a child is gone, so the child can use nothing until another adult does. ${mine.en}`,
    },
    'zh-Hans': {
      subject: '您家中的一名儿童目前没有监护人',
      text: `负责该儿童的成人已不在这个家中；在另一名成人负责之前，该儿童无法使用任何功能。${mine['zh-Hans']}`,
    },
  },
  'home-offered': {
    en: {
      subject: 'A home is offered to you',
      text: `An owner wants you to own a home. It is yours once you accept in the app, within three days. ${mine.en}`,
    },
    'zh-Hans': {
      subject: '有人希望将家转让给您',
      text: `一位所有者希望您成为这个家的所有者。您需在三天内在应用中接受，转让才会生效。${mine['zh-Hans']}`,
    },
  },
  'home-handed-over': {
    en: {
      subject: 'Your offer of a home was accepted',
      text: `The home you offered has its new owner. ${mine.en}`,
    },
    'zh-Hans': { subject: '您的转让已被接受', text: `您转让的家已有新的所有者。${mine['zh-Hans']}` },
  },
  'home-received': {
    en: { subject: 'You own a home now', text: `You accepted a home that was offered to you. ${mine.en}` },
    'zh-Hans': { subject: '您现在是这个家的所有者', text: `您接受了转让给您的家。${mine['zh-Hans']}` },
  },
  'locked-out': {
    en: {
      subject: 'Everybody but the owners was locked out of your home',
      text: `An owner ended every other member, every invitation and every wall panel of the home. You still own it. ${mine.en}`,
    },
    'zh-Hans': {
      subject: '除所有者外，所有人已被移出您的家',
      text: `一位所有者已移除家中的其他所有成员、邀请和墙面面板。您仍是所有者。${mine['zh-Hans']}`,
    },
  },
}
export const familyText = (locale: Locale, notice: FamilyNotice): MailText => ({
  ...texts[notice][locale],
  sms: { template: 'notice.home-people', parameters: {} },
})

export interface InvitationLetter {
  readonly link: string
  readonly code: string
  readonly hours: number
}
const invitationTexts: Readonly<Record<Locale, (letter: InvitationLetter) => Words>> = {
  en: ({ link, code, hours }) => ({
    subject: 'An invitation to a home in Eaves',
    text: `Somebody invites you to their home in Eaves. The link shows who, and to which home:\n\n    ${link}\n\nOr enter this code in the app under "I have an invitation":\n\n    ${code}\n\nIt works once, for ${hours} hours, for whoever has it: do not pass it on. If you do not know who sent it, do nothing: your address was used for this message and not kept.\n`,
  }),
  'zh-Hans': ({ link, code, hours }) => ({
    subject: '邀请您加入一个 Eaves 家',
    text: `有人邀请您加入其 Eaves 家。打开链接即可查看是谁邀请、是哪个家：\n\n    ${link}\n\n或者在应用的“我有邀请”中输入邀请码：\n\n    ${code}\n\n邀请码只能使用一次，${hours} 小时内有效；任何持有者均可使用，请勿转发。如果您不认识发送者，请忽略本消息：您的地址仅用于发送本消息，未被保存。\n`,
  }),
}
export const invitationText = (locale: Locale, letter: InvitationLetter): MailText => ({
  ...invitationTexts[locale](letter),
  sms: { template: 'invitation', parameters: { code: letter.code, hours: String(letter.hours) } },
})
