import type { Locale } from '@eaves/model'
import type { SignInRow } from '@eaves/model/api'
import type { MailText } from './mail-text.ts'
import type { TextTemplate } from './text-templates.ts'

interface Named {
  readonly name: string
}
type Nothing = Readonly<Record<never, never>>
interface Entered {
  readonly place: SignInRow['place']
  readonly address: string
  readonly device: string | undefined
  /** Where the code came that opened it: whoever reads a text message there knows already. */
  readonly codeTo?: 'email' | 'phone' | undefined
}
interface Address {
  readonly column: 'email' | 'phone'
}
/** What a person is told of their account, by what there is to say about it. */
interface Happenings {
  'signed-in': Entered
  'secret-reused': Nothing
  recovered: Nothing
  'passkey-added': Named
  'passkey-removed': Named
  'passkey-copied': Named
  'second-factor-on': Nothing
  'second-factor-off': Nothing
  'password-set': Nothing
  'password-removed': Nothing
  'recovery-codes': Nothing
  'address-set': Address
  'address-removed': Address
  /** To the address itself, which is no longer one of the account's. */
  'address-gone': Address & { readonly code: string; readonly link: string | undefined }
  'address-undone': Nothing
  'copy-asked': Nothing
  'erasure-asked': { readonly until: string }
  'erasure-taken-back': Nothing
  /** Of a child: what the adult who answers for them has asked. // pp.6 */
  'guardian-copy-asked': Nothing
  'guardian-erasure-asked': { readonly until: string }
  'guardian-erasure-taken-back': Nothing
  /** To that adult. */
  'child-erasure-asked': { readonly until: string }
  'child-erased': { readonly certificate: string }
  erased: { readonly certificate: string }
  'request-late': { readonly until: string }
  'correction-late': { readonly until: string }
  'correction-answered': Nothing
}
export type Happening = { [K in keyof Happenings]: { readonly kind: K } & Happenings[K] }[keyof Happenings]

/** What a text message says of it; everything else is a changed way in. */
const inShort: Readonly<Partial<Record<Happening['kind'], TextTemplate>>> = {
  'signed-in': 'notice.sign-in-new',
  'address-set': 'notice.address-changed',
  'address-removed': 'notice.address-changed',
  'request-late': 'notice.request-news',
  'correction-late': 'notice.request-news',
  'correction-answered': 'notice.request-news',
}
/** What nobody did who signed in: there is nothing that could have been somebody else. */
const isNews = (kind: Happening['kind']): boolean => inShort[kind] === 'notice.request-news'

type Words = readonly [subject: string, what: string]
type Say = { readonly [K in keyof Happenings]: (about: Happenings[K]) => Words }

const where: Readonly<Record<Locale, Readonly<Record<SignInRow['place'], string>>>> = {
  en: {
    'this-machine': 'the machine Eaves runs on',
    'home-network': 'the home network',
    elsewhere: 'elsewhere',
  },
  'zh-Hans': { 'this-machine': '运行 Eaves 的机器', 'home-network': '家庭网络', elsewhere: '其他地方' },
}
const column = {
  en: { email: 'e-mail address', phone: 'phone number' },
  'zh-Hans': { email: '电子邮件地址', phone: '手机号码' },
} as const

const english: Say = {
  'signed-in': ({ place, address, device }) => [
    'New sign-in',
    `Somebody signed in to your Eaves account${device === undefined ? '' : ` with ${device}`}, from ${where.en[place]} (${address}).`,
  ],
  'secret-reused': () => [
    'A sign-in was ended',
    'A sign-in of your Eaves account was used from two places at once, as happens when it was copied. It was ended on both.',
  ],
  recovered: () => [
    'A recovery code was used',
    'A recovery code of your Eaves account was used. Every other sign-in was ended; access tokens go on working until you end them.',
  ],
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
  'second-factor-on': () => [
    'Authenticator app on',
    'An authenticator app was added to your Eaves account. Its codes are asked for at each sign-in by code or password.',
  ],
  'second-factor-off': () => [
    'Authenticator app off',
    'The authenticator app was removed from your Eaves account. Its codes are no longer asked for.',
  ],
  'password-set': () => ['Password set', 'The password of your Eaves account was set or changed.'],
  'password-removed': () => ['Password removed', 'The password of your Eaves account was removed.'],
  'recovery-codes': () => [
    'New recovery codes',
    'New recovery codes were made for your Eaves account. The ones before no longer work.',
  ],
  'address-set': (about) => [
    `${about.column === 'email' ? 'E-mail address' : 'Phone number'} set`,
    `The ${column.en[about.column]} of your Eaves account was set or changed.`,
  ],
  'address-removed': (about) => [
    `${about.column === 'email' ? 'E-mail address' : 'Phone number'} removed`,
    `The ${column.en[about.column]} of your Eaves account was removed.`,
  ],
  'address-gone': (about) => [
    `This is no longer your ${column.en[about.column]} in Eaves`,
    `This ${column.en[about.column]} was taken off an Eaves account.\n\nIf it was not you, undo it within 72 hours${about.link === undefined ? '' : ' here'}. That brings the address back, ends every sign-in, and removes what was added as a way in since:\n\n${about.link === undefined ? '' : `    ${about.link}\n\n`}Under "Sign in", "Undo a change of address", this code does the same:\n\n    ${about.code}`,
  ],
  'address-undone': () => [
    'A change was undone',
    'A change of address of your Eaves account was undone from the address before. Every sign-in and access token was ended, and passkeys, password, authenticator app and another address set since then were removed. Make new recovery codes when you are in.',
  ],
  'copy-asked': () => [
    'A copy of your data was asked for',
    'Somebody signed in to your Eaves account asked for a copy of everything held about you. It can be fetched by nobody who is not signed in and does not prove again to be you.',
  ],
  'erasure-asked': ({ until }) => [
    'Your account is to be erased',
    `Somebody signed in to your Eaves account asked to erase it. Until ${until} UTC it can be taken back under Me, "Privacy"; after that it cannot be undone. Homes in which you are the last adult end with it.`,
  ],
  'erasure-taken-back': () => [
    'The erasure was taken back',
    'The request to erase your Eaves account was taken back. Nothing was erased.',
  ],
  'guardian-copy-asked': () => [
    'A copy of your data was asked for',
    'The adult who answers for you asked for a copy of what is held about you in Eaves. It goes to them alone.',
  ],
  'guardian-erasure-asked': ({ until }) => [
    'Your account is to be erased',
    `The adult who answers for you asked to erase your Eaves account. Until ${until} UTC they can take it back; after that it cannot be undone. Talk with them if you want to keep it.`,
  ],
  'guardian-erasure-taken-back': () => [
    'The erasure was taken back',
    'The adult who answers for you took back the request to erase your Eaves account. Nothing was erased.',
  ],
  'child-erasure-asked': ({ until }) => [
    'An account of your child is to be erased',
    `Somebody signed in to your Eaves account asked to erase the account of a child you answer for. Until ${until} UTC it can be taken back at the child's page under Members; after that it cannot be undone.`,
  ],
  'child-erased': ({ certificate }) => [
    'The account of your child is being erased',
    `The Eaves account of a child you answered for is being erased now, as you asked. The signed certificate, which names nobody, will be at:\n\n    ${certificate}`,
  ],
  erased: ({ certificate }) => [
    'Your account is being erased',
    `Your Eaves account is being erased now, as was asked for. This is the last message to you. The signed certificate, which names nobody, will be at:\n\n    ${certificate}`,
  ],
  'request-late': ({ until }) => [
    'Your request takes longer',
    `A request of yours about your data could not be finished in the usual time, because this server failed at it. It will be answered by ${until} UTC. You may complain to a data protection authority; the contact page of this server lists them.`,
  ],
  'correction-late': ({ until }) => [
    'Your request takes longer',
    `Nobody has answered yet what you said is wrong in your data. It will be answered by ${until} UTC. Until then your words stand beside the value. You may complain to a data protection authority; the contact page of this server lists them.`,
  ],
  'correction-answered': () => [
    'What you said is wrong has been answered',
    'You had said that something held about you in Eaves is wrong. It has been answered. The answer stands in Eaves under Me, "Your data", beside the value and in the list of your requests.',
  ],
}
const chinese: Say = {
  'signed-in': ({ place, address, device }) => [
    '新的登录',
    `有人登录了您的 Eaves 账号${device === undefined ? '' : `，设备：${device}`}，来自${where['zh-Hans'][place]}（${address}）。`,
  ],
  'secret-reused': () => [
    '一次登录已被结束',
    '您的 Eaves 账号的一次登录同时在两处使用，这通常说明它被复制了。该登录已在两处结束。',
  ],
  recovered: () => [
    '已使用恢复码',
    '您的 Eaves 账号使用了一个恢复码。其他登录均已结束；访问令牌在您结束之前仍然有效。',
  ],
  'passkey-added': ({ name }) => ['已添加通行密钥', `您的 Eaves 账号添加了一个通行密钥：${name}。`],
  'passkey-removed': ({ name }) => ['已移除通行密钥', `您的 Eaves 账号移除了一个通行密钥：${name}。`],
  'passkey-copied': ({ name }) => [
    '已拒绝一个通行密钥',
    `有人试图用通行密钥“${name}”登录您的 Eaves 账号，但它看起来是复制品，已被拒绝。请在“我”的“账号与安全”中移除该通行密钥，并重新添加。`,
  ],
  'second-factor-on': () => [
    '身份验证器应用已开启',
    '您的 Eaves 账号添加了身份验证器应用。今后用验证码或密码登录时，还需输入其动态码。',
  ],
  'second-factor-off': () => [
    '身份验证器应用已关闭',
    '您的 Eaves 账号移除了身份验证器应用，登录时不再需要其动态码。',
  ],
  'password-set': () => ['密码已设置', '您的 Eaves 账号设置或更改了密码。'],
  'password-removed': () => ['密码已移除', '您的 Eaves 账号移除了密码。'],
  'recovery-codes': () => ['新的恢复码', '您的 Eaves 账号生成了新的恢复码，原有恢复码已失效。'],
  'address-set': (about) => [
    `${column['zh-Hans'][about.column]}已设置`,
    `您的 Eaves 账号设置或更改了${column['zh-Hans'][about.column]}。`,
  ],
  'address-removed': (about) => [
    `${column['zh-Hans'][about.column]}已移除`,
    `您的 Eaves 账号移除了${column['zh-Hans'][about.column]}。`,
  ],
  'address-gone': (about) => [
    `这不再是您在 Eaves 的${column['zh-Hans'][about.column]}`,
    `此${column['zh-Hans'][about.column]}已从一个 Eaves 账号中移除。\n\n如果不是您本人操作，请在 72 小时内${about.link === undefined ? '' : '通过以下链接'}撤销。撤销后将恢复该地址，结束所有登录，并移除此后新增的登录方式${about.link === undefined ? '。' : `：\n\n    ${about.link}`}\n\n您也可以在“登录”页的“撤销地址更改”中输入此代码：\n\n    ${about.code}`,
  ],
  'address-undone': () => [
    '更改已撤销',
    '您的 Eaves 账号的一次地址更改已由原地址撤销。所有登录和访问令牌均已结束，此后设置的通行密钥、密码、身份验证器应用和另一地址均已移除。请在登录后生成新的恢复码。',
  ],
  'copy-asked': () => [
    '有人申请了您的数据副本',
    '有人登录您的 Eaves 账号，申请了一份关于您的全部数据的副本。只有登录账号并再次证明是您本人，才能取得。',
  ],
  'erasure-asked': ({ until }) => [
    '您的账号将被删除',
    `有人登录您的 Eaves 账号，申请删除该账号。在 ${until}（UTC）之前，可以在“我”的“隐私”中撤回；此后无法恢复。如果您是某个家中最后一位成年成员，这个家也会一并删除。`,
  ],
  'erasure-taken-back': () => ['删除申请已撤回', '删除您的 Eaves 账号的申请已撤回，没有删除任何内容。'],
  'guardian-copy-asked': () => [
    '有人申请了您的数据副本',
    '您的监护人申请了一份 Eaves 所保存的关于您的数据副本，该副本只交给监护人。',
  ],
  'guardian-erasure-asked': ({ until }) => [
    '您的账号将被删除',
    `您的监护人申请删除您的 Eaves 账号。在 ${until}（UTC）之前，监护人可以撤回；此后无法恢复。如果您想保留账号，请与监护人商量。`,
  ],
  'guardian-erasure-taken-back': () => [
    '删除申请已撤回',
    '您的监护人已撤回删除您的 Eaves 账号的申请，没有删除任何内容。',
  ],
  'child-erasure-asked': ({ until }) => [
    '您孩子的账号将被删除',
    `有人登录您的 Eaves 账号，申请删除由您监护的一个孩子的账号。在 ${until}（UTC）之前，可以在“成员”中孩子的页面撤回；此后无法恢复。`,
  ],
  'child-erased': ({ certificate }) => [
    '正在删除您孩子的账号',
    `由您监护的一个孩子的 Eaves 账号正按您的申请删除。经签名的删除证明不含任何人的信息，届时可在此查看：\n\n    ${certificate}`,
  ],
  erased: ({ certificate }) => [
    '正在删除您的账号',
    `您的 Eaves 账号正按申请删除，这是发给您的最后一条消息。经签名的删除证明不含任何人的信息，届时可在此查看：\n\n    ${certificate}`,
  ],
  'request-late': ({ until }) => [
    '您的申请需要更长时间',
    `由于服务器出错，您关于个人数据的一项申请未能在通常期限内完成，我们将在 ${until}（UTC）之前答复。您可以向数据保护机构投诉，本服务器的联系页面列有相关机构。`,
  ],
  'correction-late': ({ until }) => [
    '您的申请需要更长时间',
    `您指出的数据错误还没有得到答复，最迟将在 ${until}（UTC）之前答复。在此之前，您的说明显示在该内容旁边。您可以向数据保护机构投诉，本服务器的联系页面列有相关机构。`,
  ],
  'correction-answered': () => [
    '您指出的错误已有答复',
    '您曾指出 Eaves 保存的关于您的内容有误，现在已有答复。请在 Eaves 的“我”中打开“您的数据”，在该内容旁边和您的申请列表中查看。',
  ],
}
const words: Readonly<Record<Locale, Say>> = { en: english, 'zh-Hans': chinese }

const frames: Readonly<Record<Locale, (what: string, when: string) => string>> = {
  en: (what, when) =>
    `${what}\n\nWhen: ${when}\n\nIf this was you, there is nothing to do.\nIf it was not: sign in to Eaves at the address you always use, end the sign-ins you do not know under Me, "Where you are signed in", and look at "Account and security".\n`,
  'zh-Hans': (what, when) =>
    `${what}\n\n时间：${when}\n\n如果是您本人操作，则无需处理。\n如果不是：请用您平时使用的地址登录 Eaves，在“我”的“登录位置”中结束您不认识的登录，并检查“账号与安全”。\n`,
}

const newsFrames: typeof frames = {
  en: (what, when) =>
    `${what}\n\nWhen: ${when}\n\nYou need not follow a link: open Eaves the way you always do.\n`,
  'zh-Hans': (what, when) => `${what}\n\n时间：${when}\n\n无需点击任何链接，像平时一样打开 Eaves 即可。\n`,
}

export function noticeText(locale: Locale, happening: Happening, atMs: number): MailText {
  const [subject, what] = say(locale, happening.kind, happening)
  return {
    subject: `Eaves: ${subject}`,
    text: (isNews(happening.kind) ? newsFrames : frames)[locale](what, whenText(atMs)),
    sms:
      happening.kind === 'address-gone'
        ? { template: 'notice.address-undo', parameters: { code: happening.code } }
        : { template: inShort[happening.kind] ?? 'notice.account-changed', parameters: {} },
  }
}

function say<K extends keyof Happenings>(locale: Locale, kind: K, about: Happenings[K]): Words {
  return words[locale][kind](about)
}
/** A server knows nobody's time zone. */
const whenText = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
