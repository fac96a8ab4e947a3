import type { Locale, NoticeKind } from '@eaves/model'
import type { MailText } from '../people/people.ts'

/** What a person is to see at once: it concerns the safety of their account, or they are waiting for it. */
const urgent: ReadonlySet<NoticeKind> = new Set([
  'sign-in.new',
  'address.changed',
  'access.ended',
  'staff.looked',
  'danger.smoke',
  'danger.carbon-monoxide',
  'danger.gas',
  'danger.leak',
  'danger.alarm',
  'danger.duress',
  'alarm.tries',
  'test',
])
export const isDanger = (kind: NoticeKind): boolean => kind.startsWith('danger.')
export const isUrgent = (kind: NoticeKind): boolean => urgent.has(kind)

interface Words {
  readonly title: string
  readonly body: string
}
/** The same for everybody: no name of a person, home or device stands in a notice. */
const words: Readonly<Record<NoticeKind, Readonly<Record<Locale, Words>>>> = {
  'sign-in.new': {
    en: {
      title: 'A new sign-in',
      body: 'Your account was signed in to from a browser that was not signed in before. If it was not you, end it.',
    },
    'zh-Hans': { title: '新的登录', body: '您的账号刚在一个新的浏览器上登录。如果不是您本人，请将其结束。' },
  },
  'address.changed': {
    en: {
      title: 'An address was changed',
      body: 'An e-mail address or phone number of your account was changed. If it was not you, act now.',
    },
    'zh-Hans': {
      title: '联系方式已更改',
      body: '您账号的邮箱地址或手机号码已更改。如果不是您本人，请立即处理。',
    },
  },
  'invitation.accepted': {
    en: {
      title: 'An invitation was accepted',
      body: 'Somebody accepted an invitation and has joined your home.',
    },
    'zh-Hans': { title: '邀请已被接受', body: '有人接受了邀请，已加入您的家。' },
  },
  'member.removed': {
    en: { title: 'A member is gone', body: 'Somebody no longer belongs to your home.' },
    'zh-Hans': { title: '有成员已离开', body: '有成员不再属于您的家。' },
  },
  'access.ended': {
    en: { title: 'Your access has ended', body: 'You no longer belong to one of the homes you could open.' },
    'zh-Hans': { title: '您的访问已结束', body: '您不再属于之前可以打开的一个家。' },
  },
  'policy.changed': {
    // pp.7.3
    en: {
      title: 'The texts of this server change',
      body: 'A new version of the service agreement and privacy statement is announced. Open Eaves to see what changes, from when, and to decide.',
    },
    'zh-Hans': {
      title: '本服务器的文件将有变更',
      body: '服务协议和隐私声明即将启用新版本。请打开 Eaves，查看有哪些变化、何时生效，再作决定。',
    },
  },
  'staff.looked': {
    // pp.5.1
    en: {
      title: 'Your contact data was opened',
      body: 'Staff of this service opened your contact data in an emergency, for an hour at most. Who, when and why stands in Eaves under Your data, Who looked.',
    },
    'zh-Hans': {
      title: '您的联系方式被查看',
      body: '本服务的工作人员因紧急情况查看了您的联系方式，最长一小时。查看者的职责、时间和原因，请在 Eaves 的“您的数据”中打开“谁看过”了解。',
    },
  },
  'correction.waits': {
    // pp.8
    en: {
      title: 'Somebody says that something is wrong',
      body: 'Somebody on this server says that something held about them is wrong, and waits for an answer from whoever keeps a home here. It stands in Eaves under Me, Corrections, with the day by which it is due.',
    },
    'zh-Hans': {
      title: '有人指出数据有误',
      body: '本服务器上有人指出关于自己的内容有误，正等待管理家的人答复。请在 Eaves 的“我”中打开“更正”查看，那里写有答复期限。',
    },
  },
  'automation.says': {
    en: { title: 'From your home', body: 'An automation of your home has something to tell you.' },
    'zh-Hans': { title: '来自您的家', body: '您家的一个自动化有消息要告诉您。' },
  },
  'danger.smoke': {
    en: { title: 'Smoke', body: 'A detector of your home reports smoke. Look at once.' },
    'zh-Hans': { title: '烟雾报警', body: '您家有探测器报告烟雾，请立即查看。' },
  },
  'danger.carbon-monoxide': {
    en: {
      title: 'Carbon monoxide',
      body: 'A detector of your home reports carbon monoxide. Go into the open air and look from there.',
    },
    'zh-Hans': { title: '一氧化碳报警', body: '您家有探测器报告一氧化碳，请先到室外，再作检查。' },
  },
  'danger.gas': {
    en: {
      title: 'Gas',
      body: 'A detector of your home reports gas. Switch nothing, go into the open air and look from there.',
    },
    'zh-Hans': {
      title: '燃气报警',
      body: '您家有探测器报告燃气泄漏。请勿开关任何电器，先到室外，再作检查。',
    },
  },
  'danger.leak': {
    en: { title: 'Water', body: 'A sensor of your home reports water where there should be none.' },
    'zh-Hans': { title: '漏水报警', body: '您家有传感器报告漏水，请尽快查看。' },
  },
  'danger.alarm': {
    en: { title: 'The alarm was set off', body: 'A sensor of your home has set off the alarm.' },
    'zh-Hans': { title: '安防警报已触发', body: '您家有传感器触发了安防警报，请尽快查看。' },
  },
  'danger.duress': {
    en: {
      title: 'A call for help',
      body: 'Somebody disarmed the alarm of your home with the code that means they were made to.',
    },
    'zh-Hans': { title: '胁迫求助', body: '有人用胁迫密码解除了您家的安防，可能正受到胁迫。' },
  },
  'alarm.fault': {
    en: {
      title: 'The alarm does not hear everything',
      body: 'While it is armed, a device of the alarm is out of reach, was opened, or stands left out.',
    },
    'zh-Hans': { title: '安防存在盲点', body: '布防期间，有安防设备失去连接、被拆动，或未参与布防。' },
  },
  'alarm.tries': {
    en: {
      title: 'Too many wrong codes',
      body: 'Somebody tried several wrong codes for the alarm of your home.',
    },
    'zh-Hans': { title: '密码错误次数过多', body: '有人为您家的安防多次输入了错误的密码。' },
  },
  'device.silent': {
    en: {
      title: 'No word from a device',
      body: 'A device of your home is silent for longer than is usual for it.',
    },
    'zh-Hans': { title: '设备没有消息', body: '您家有设备久未上报，已超过其通常的间隔。' },
  },
  'battery.low': {
    en: { title: 'A battery is low', body: 'The battery of a device of your home is nearly empty.' },
    'zh-Hans': { title: '电量不足', body: '您家有设备的电池即将耗尽。' },
  },
  'left.open': {
    en: { title: 'Left open', body: 'A door or window of your home has been open for a while.' },
    'zh-Hans': { title: '门窗未关', body: '您家有门或窗已开启一段时间。' },
  },
  'disk.full': {
    en: {
      title: 'The disk is full',
      body: 'Devices can still be switched, but nothing new is recorded until there is space.',
    },
    'zh-Hans': { title: '磁盘已满', body: '设备仍可控制，但在腾出空间之前不会再记录新数据。' },
  },
  'drivers.down': {
    en: {
      title: 'Devices cannot be reached',
      body: 'The part of Eaves that talks to devices has not been running for a minute.',
    },
    'zh-Hans': { title: '无法连接设备', body: 'Eaves 中负责与设备通信的部分已停止运行一分钟。' },
  },
  'automation.failed': {
    en: {
      title: 'An automation failed',
      body: 'Something that an automation of your home was to do could not be done. You are told once, until it runs well again.',
    },
    'zh-Hans': {
      title: '自动化执行失败',
      body: '您家的一个自动化有操作未能完成。在它恢复正常之前，只通知您一次。',
    },
  },
  'backup.failed': {
    en: {
      title: 'The backup failed',
      body: 'The last backup could not be made, or could not be restored when it was tried. Open Eaves to see why.',
    },
    'zh-Hans': {
      title: '备份失败',
      body: '最近一次备份未能完成，或试恢复时未能还原。请打开 Eaves 查看原因。',
    },
  },
  'backup.overdue': {
    en: {
      title: 'No backup for two days',
      body: 'There is no backup of the last two days that was restored when it was tried.',
    },
    'zh-Hans': { title: '已两天没有备份', body: '最近两天没有通过试恢复的备份。' },
  },
  'upkeep.failed': {
    en: {
      title: 'What is due cannot be deleted',
      body: 'Twice in a row, what has lived its time could not be deleted. Until it can, nothing new of that kind is taken in.',
    },
    'zh-Hans': {
      title: '到期数据无法删除',
      body: '已连续两次未能删除到期的数据。在恢复之前，不会再记录这类新数据。',
    },
  },
  'alive.failed': {
    en: {
      title: 'The watch outside does not answer',
      body: 'The address that this server calls to show that it runs has not taken three calls in a row. Should the server stop, nobody would be told.',
    },
    'zh-Hans': {
      title: '外部监测没有回应',
      body: '本服务器用来表明自己在运行的地址已连续三次没有接受呼叫。此时如果服务器停止，不会有人得知。',
    },
  },
  'calendar.failing': {
    en: {
      title: 'A calendar has not been read for a day',
      body: 'The address that you named for a calendar of your home has not answered as it should for a day. Your home goes by what was read last.',
    },
    'zh-Hans': {
      title: '日历已有一天未能读取',
      body: '您为家中日历填写的网址已有一天没有正常应答。您的家仍按上次读取的内容行事。',
    },
  },
  'prices.failing': {
    en: {
      title: 'Prices have not been read for a day',
      body: 'The address that you named for the electricity prices of your home has not answered as it should for a day. What was read before still counts.',
    },
    'zh-Hans': {
      title: '电价已有一天未能读取',
      body: '您为家中电价填写的网址已有一天没有正常应答。此前读取的电价仍然有效。',
    },
  },
  test: {
    en: { title: 'Notices arrive here', body: 'You asked for this notice to see whether it comes.' },
    'zh-Hans': { title: '通知可以送达', body: '这是您为检查能否收到而发送的通知。' },
  },
}
export const noticeWords = (kind: NoticeKind, locale: Locale): Words => words[kind][locale]

const endings: Readonly<Partial<Record<NoticeKind, Readonly<Record<Locale, string>>>>> = {
  'access.ended': {
    en: 'If you did not expect this, ask whoever keeps the home.',
    'zh-Hans': '如有疑问，请询问这个家的管理者。',
  },
  'staff.looked': {
    en: 'You need not follow a link. If the reason does not convince you, the contact page says to whom you can complain.',
    'zh-Hans': '无需点击任何链接。如果您对原因有疑问，“联系”页面列出了投诉渠道。',
  },
  'correction.waits': {
    en: 'You need not follow a link: open Eaves the way you always do.',
    'zh-Hans': '无需点击任何链接，像平时一样打开 Eaves 即可。',
  },
  'danger.duress': {
    en: 'Do not call them back: whoever made them do it may hear it. Call the police where they are.',
    'zh-Hans': '请不要回拨电话，以免胁迫者察觉。请联系当地警方。',
  },
  'policy.changed': {
    en: 'Until then nothing changes for you. You need not follow a link: open Eaves the way you always do; everything stands under Documents, with what is different marked.',
    'zh-Hans':
      '在此之前，一切照旧。无需点击任何链接，像平时一样打开 Eaves 即可；全部内容都在“文件”页面，变化之处均已标明。',
  },
}
const dangers = {
  en: 'Look yourself, or ask whoever is there. Open Eaves to see which device it is.',
  'zh-Hans': '请亲自查看，或请在场的人查看。是哪个设备，请打开 Eaves 了解。',
} as const
const templates = {
  'danger.smoke': 'notice.danger',
  'danger.carbon-monoxide': 'notice.danger',
  'danger.gas': 'notice.danger',
  'danger.leak': 'notice.danger',
  'danger.alarm': 'notice.danger',
  'danger.duress': 'notice.danger',
  'staff.looked': 'notice.staff-looked',
  'access.ended': 'notice.access-ended',
  'policy.changed': 'notice.policy-changed',
  'correction.waits': 'notice.correction-waits',
} as const

const isWritten = (kind: NoticeKind): kind is keyof typeof templates => Object.hasOwn(templates, kind)

/** The notice as a message to an address, for what no other message tells: of a sign-in or a changed address the account itself writes. */
export function noticeText(kind: NoticeKind): ((locale: Locale) => MailText) | undefined {
  if (!isWritten(kind)) return undefined
  return (locale) => {
    const { title, body } = words[kind][locale]
    return {
      subject: `Eaves: ${title}`,
      text: `${body}\n\n${(endings[kind] ?? (isDanger(kind) ? dangers : undefined))?.[locale] ?? ''}\n`,
      sms: { template: templates[kind], parameters: {} },
    }
  }
}
