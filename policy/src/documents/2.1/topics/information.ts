import type { Locale } from '@eaves/model'
import { keeps, link, page, paragraph, type Block } from '../../ast.ts'

type Part =
  | 'collected'
  | 'device-information'
  | 'sign-in-records'
  | 'retention'
  | 'home-information'
  | 'identity'
/** What is held, in the sections that the requests, the backups and the question for an age have changed. */
export const information: Readonly<Record<Locale, Readonly<Record<Part, readonly Block[]>>>> = {
  en: {
    collected: [
      keeps(
        ['pp.2.1.1', 'pp.lb.3'],
        paragraph(
          'An account needs an e-mail address or a phone number, whichever you prefer, and one of five age groups; without them none is made. You prove the address or number with a one-time code. Where the server cannot send messages, the proof of claiming it stands in for the first code. A password is optional; recovery codes are made with the account, as another way in. Your name, your picture and your date of birth are not asked for.',
        ),
      ),
      paragraph(
        'Wherever the app asks for personal information, it says there what it is for, whether it is needed and what follows if you leave it out. Floor area, family status and address of a home are asked for on one page only, and nobody has to fill it in.',
      ),
      { kind: 'generated', table: 'collection' },
    ],
    'device-information': [
      keeps(
        ['pp.2.2.2'],
        paragraph(
          'Your phone or computer: the app reads no serial number, no advertising identifier and nothing that would recognise the device elsewhere. Only if you turn on the switch for it are the make and model shown in ',
          page('your own list of sign-ins', 'sign-ins'),
          '. Turn it off, and they are removed.',
        ),
      ),
      paragraph(
        'If you turn on notices in a browser, the address at which its push service takes them is kept, encrypted, for as long as that browser is signed in. Turning them off, in that browser or from another, removes it at once.',
      ),
      paragraph(
        'Devices you add: Eaves keeps their make, model, firmware, settings and abilities, what they report and what they were told. Their hardware number is used to recognise a device that announces itself twice. All of this stays with your home; a manufacturer that you choose by name gets a report made of it, never the values themselves.',
      ),
      paragraph(
        'Some devices can notice people, for example by movement or an open door. The page of each device says what it can notice.',
      ),
    ],
    'sign-in-records': [
      keeps(
        ['pp.2.2.3'],
        paragraph(
          'Each sign-in is recorded with its time and with the network address it came from, shortened so that it points to an area of the network rather than to one connection. You see your own records in ',
          page('your list of sign-ins', 'sign-ins'),
          ' and can end any of them.',
        ),
      ),
      paragraph(
        'So that misuse of your account can be noticed, important acts on it are recorded as well, among them: signing in and out, a failed attempt, a change of password or access, an agreement or choice, a copy fetched, a home made or left, a command to a lock or an alarm. A record says what kind of act it was, when, in which home, by which sign-in, in which language of yours and from which network address. The whole address is kept for seven days and then shortened; the record itself ends after ninety days. It has no text of yours. The app shows it to you, in ',
        page('your activity', 'activity'),
        ', and of a child to the adult who answers for it; to nobody else.',
      ),
      paragraph(
        'What you search for in the app is kept only if you turn on the switch for it. Turn it off, and it is removed at once.',
      ),
    ],
    retention: [
      keeps(
        ['pp.ret.1', 'pp.5.2'],
        paragraph(
          'Only while its purpose lasts. The ',
          link('table above', 'privacy', 'collected'),
          ' gives the period for each kind of information and what happens at its end. Nothing about you is kept without such a period. A daily pass removes what has come to its end; while the server is switched off, that waits for its next start. When you delete your account all of it goes at once, what you agreed to and chose included, also where the table names a longer time. What stays is the random number of the account or home, so that no backup brings it back, and a signed certificate that names nobody.',
        ),
      ),
    ],
    'home-information': [
      keeps(
        ['pp.2.2.1', 'pp.4.1'],
        paragraph(
          'A home has a name and a time zone. All else is optional: floors and rooms, what the home calls its members, and on the page “About the home” the floor area, the family status and the address. Eaves does not ask how many people live there. Enquiries cannot be sent through this version, so it keeps no details of any. Devices and everything else work without all of that.',
        ),
      ),
      paragraph(
        'The page “About the home” is for the owners, administrators and adults of that home; children, guests and other homes do not see it. Each detail is kept for that page alone: nothing is worked out from it, no device gets it, and the address is not turned into a place on a map. Owners and administrators can change each detail there, or delete it by itself. What stood there before stays only in backups made earlier.',
      ),
      paragraph(
        'Owners and administrators see the names of floors, rooms and members in the app as well, and can change or remove them there. Only an owner can delete the home. An owner has no power over another adult’s account.',
      ),
    ],
    identity: [
      keeps(
        ['pp.4.3'],
        paragraph(
          'Before a copy is made or handed over, before an account is deleted and before a limit or a refusal is lifted, you prove once more that it is you: signed in, by a proof of the last five minutes. If the phone number of the account has changed within seven days, a copy or deletion waits until they are over. You are not asked for a copy of an identity card. Without an account nothing can be asked for in the app; the ',
          page('contact', 'contact'),
          ' is where to write then.',
        ),
      ),
    ],
  },
  'zh-Hans': {
    collected: [
      keeps(
        ['pp.2.1.1', 'pp.lb.3'],
        paragraph(
          '注册账号需要邮箱地址或手机号码（任选其一），以及五个年龄段中的一个；缺少任何一项都无法建立账号。邮箱地址或手机号码用一次性验证码证明归您所有。如果服务器无法发送消息，认领服务器时的证明可以代替首个验证码。密码可设可不设；恢复码在建立账号时生成，作为另一种登录方式。注册不要求提供姓名、头像或出生日期。',
        ),
      ),
      paragraph(
        '应用每次请您填写个人信息时，都会当场说明：用来做什么、是否必填、不填会怎样。家的面积、家庭状况和住址只在一个页面上询问，谁都可以不填。',
      ),
      { kind: 'generated', table: 'collection' },
    ],
    'device-information': [
      keeps(
        ['pp.2.2.2'],
        paragraph(
          '您的手机或电脑：应用不读取序列号、广告标识，也不读取任何能在别处认出这台设备的信息。只有在您打开相应开关后，',
          page('您自己的登录记录', 'sign-ins'),
          '里才会显示品牌和型号；关闭开关，这些内容随即删除。',
        ),
      ),
      paragraph(
        '如果您在某个浏览器中开启通知，其推送服务接收通知的地址会加密保存，直到该浏览器的登录失效。在该浏览器或其他设备上关闭通知，地址立即删除。',
      ),
      paragraph(
        '您添加的设备：Eaves 保存其品牌、型号、固件版本、设置和功能，以及上报的状态和收到的指令。硬件编号用于辨认以两种方式重复出现的同一台设备。这些信息都留在您的家里；您逐一选定的厂商得到的是据此汇总的报告，而不是这些数值本身。',
      ),
      paragraph('有些设备能察觉到人，例如通过感应移动或门的开合。每台设备的页面都会说明它能察觉什么。'),
    ],
    'sign-in-records': [
      keeps(
        ['pp.2.2.3'],
        paragraph(
          '每次登录都会记录时间和来源网络地址；地址经过截短，只能看出大致的网络区域，无法对应到某一条线路。您可以在',
          page('登录记录', 'sign-ins'),
          '中查看自己的记录，并让任何一次登录失效。',
        ),
      ),
      paragraph(
        '为了能发现账号被人冒用，对账号的重要操作也会记录，其中包括：登录和退出、失败的尝试、密码或访问方式的更改、同意和选择、取走副本、新建或离开家，以及对门锁、警报的操作。每条记录只写明是哪一种操作、时间、在哪个家、由哪次登录、您所用的语言和来源网络地址。完整的地址保存七天，之后截短；记录本身保存九十天。记录中没有您写的任何文字。应用在',
        page('您的操作记录', 'activity'),
        '中向您显示；儿童的记录也向为其负责的成年人显示，此外不向任何人显示。',
      ),
      paragraph('您在应用中搜索的内容，只有在您打开相应开关后才会保存；关闭开关，立即删除。'),
    ],
    retention: [
      keeps(
        ['pp.ret.1', 'pp.5.2'],
        paragraph(
          '只在用途存续期间保存。',
          link('上文的表格', 'privacy', 'collected'),
          '列出了每类信息的期限和到期后的处理方式。与您有关的信息都有期限。到期的内容每天清理一次；服务器关机期间到期的，在下次启动后清理。您删除账号时，所有内容立即一并删除，包括您同意和选择过的内容，表格中期限更长的也不例外。留下的只有账号或家的随机编号（使任何备份都不能将其恢复），以及一份不含姓名的签名证明。',
        ),
      ),
    ],
    'home-information': [
      keeps(
        ['pp.2.2.1', 'pp.4.1'],
        paragraph(
          '每个家有一个名称和一个时区，其他都可填可不填：楼层和房间、家里对各位成员的称呼，以及“关于这个家”页面上的面积、家庭状况和住址。Eaves 不询问家里有几口人。本版本不能提交咨询，因此也不保存任何咨询内容。没有这些信息，设备和其他一切照样工作。',
        ),
      ),
      paragraph(
        '“关于这个家”页面只供这个家的所有者、管理员和成年成员查看；儿童、访客和其他家都看不到。每一项只用于这个页面：不会据此推算任何东西，不会提供给任何设备，住址也不会换算成地图上的位置。所有者和管理员可以在那里逐项修改，也可以单独删除任何一项。修改前的内容只留在此前的备份中。',
      ),
      paragraph(
        '楼层、房间和成员的名称，所有者和管理员同样可以在应用中查看、修改或移除。只有所有者可以删除整个家。所有者无权处置另一位成年人的账号。',
      ),
    ],
    identity: [
      keeps(
        ['pp.4.3'],
        paragraph(
          '在制作或交出副本、删除账号、解除限制或重新允许某项用途之前，需要您再次证明是本人：处于登录状态，并在最近五分钟内完成过验证。账号的手机号码在七天内变更过的，副本和删除要等到七天之后。不会要求您提供身份证件的副本。没有账号时，无法在应用中提出请求；请通过',
          page('联系方式', 'contact'),
          '提出。',
        ),
      ),
    ],
  },
}
