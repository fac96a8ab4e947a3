import { important, keeps, link, list, notYet, page, paragraph, type PolicyDocument } from '../ast.ts'
import { agreementZh } from '../2.0/zh-Hans/agreement.ts'
import { privacyZh } from '../2.0/zh-Hans/privacy.ts'
import { next } from './build.ts'
import { age } from './topics/age.ts'
import { backups } from './topics/backups.ts'
import { information } from './topics/information.ts'
import { furtherRights, leaving, requests } from './topics/requests.ts'
import { elsewhere, marketing, partners, sharing } from './topics/sharing.ts'
import { staff } from './topics/staff.ts'
import { said } from './topics/topic.ts'

const blocksOf = (document: PolicyDocument, id: string) =>
  document.sections.find((section) => section.id === id)!.blocks

export const agreementZh21 = next(agreementZh, {
  conduct: [
    list(
      '遵守您所在地的法律。',
      '只连接您有权控制的设备和消息服务器。',
      '不得用 Eaves 监视、跟踪或伤害他人，包括与您同住的人；不得侵入他人的账号、家或服务器。',
    ),
    notYet(
      ['ls.2.1.1'],
      paragraph(
        '程序没有因违反上述规则而停用他人账号的功能。',
        important('rights', '本协议的任何内容都不会减少您对自己信息的权利。'),
      ),
    ),
    paragraph(
      important('minors', 'Eaves 面向成年人。年龄尚不能自行决定的人，须经为其负责的成年人同意方可使用。'),
      '详见',
      link('隐私声明', 'privacy', 'minors'),
      '。',
    ),
  ],
  complaints: [
    notYet(
      ['ls.3'],
      paragraph(
        '请通过',
        page('联系页面', 'contact'),
        '提交说明：涉及什么内容、在哪里、侵害了您的哪项权利、怎样与您联系。本版本没有受理此类通知的程序：不出具回执，不听取另一方意见，不设期限，程序也不会自行删除任何内容。',
      ),
    ),
  ],
  leaving: [
    ...said('requests', leaving, 'zh-Hans'),
    paragraph('此后您的信息如何处理，见', link('隐私声明', 'privacy', 'retention'), '。'),
  ],
  changes: [
    paragraph(
      '新版本在生效之前公告，所有差异均会标明。只有在您接受之后，新版本才对您有约束力。在此之前，',
      link('隐私声明', 'privacy', 'changes'),
      '中关于变更的内容同样适用于本协议。您接受过的文本可以凭其独有的指纹随时查阅。',
    ),
  ],
})

export const privacyZh21 = next(privacyZh, {
  ...information['zh-Hans'],
  scope: [
    keeps(
      ['pp.0', 'pp.1.1'],
      paragraph(
        '本声明适用于您的账号，以及连接设备、控制设备和管理家的全过程。个人信息只按这里所写的方式使用。程序内部有一份清单，记录它保存的全部信息，下文的表格就由这份清单生成。',
      ),
    ),
    notYet(
      ['pp.1.2'],
      paragraph(
        '其他公司的服务不在此列。本版本不能连接品牌的云账号，因此不展示其声明。您连接的消息服务器可能属于他人，在那里发生的事适用他们自己的声明。',
      ),
    ),
  ],
  purposes: [
    keeps(
      ['pp.2.3.1', 'pp.2.3.3', 'pp.2.3.5'],
      list(
        '运行您的家：让您登录，显示、操作，并保存历史数值。',
        '在专门的页面上显示您为家记下的内容——仅在您填写之后。',
        '保护账号和服务器：拖慢猜测验证码的人，让您看到不是自己的登录。',
        '在您自己的登录记录中显示手机型号——仅在您选择之后。',
        '记住您搜索过的内容——仅在您选择之后。',
        '遵守有关未成年人的规则，并答复您就自己的信息提出的请求。',
        ...elsewhere('zh-Hans').purpose,
      ),
    ),
    notYet(
      ['pp.2.3.2', 'pp.2.3.4'],
      paragraph(
        '没有广告，不会把多项服务的信息拼成画像，没有个性化推荐，不统计您怎样使用应用，也不会由机器判断您是怎样的人并据此作出决定。',
      ),
    ),
    keeps(
      ['pp.5.6'],
      paragraph(
        '新用途先行公告；没有同意载明该用途的文本的人，不在其范围之内。新用途也不能借旧名目混入：程序所做的事会与您同意过的内容逐一比较。',
      ),
    ),
  ],
  bases: [
    keeps(
      ['pp.lb.1', 'pp.lb.2'],
      list(
        [
          '在欧盟：运行您的家、显示您为家记下的内容，为履行您所接受的协议所必需（GDPR 第 6 条第 1 款 b 项）；显示手机型号、记住搜索内容，依据您的同意（a 项）。',
        ],
        [
          '在中华人民共和国：上述用途依据您所接受的协议，由您选择的用途依据您的同意（《个人信息保护法》第十三条）。该法没有以正当利益为依据的规定，因此保护账号属于协议的一部分。',
        ],
        [
          '在美国（包括加利福尼亚州）：本声明所列用途即收集时的业务目的。不出售信息，也不为跨场景广告共享信息。',
        ],
        ['在其他地区：依据协议，由您选择的用途依据您的同意；以上述规则中最严格者为准。'],
        ...elsewhere('zh-Hans').basis.map((text) => [text]),
      ),
    ),
    keeps(
      ['pp.lb.4'],
      paragraph(
        '在欧盟，保护账号的依据是服务器上所有人都不希望陌生人闯入这一正当利益（第 6 条第 1 款 f 项），并已与您的利益作过权衡：记录少、保存短、您能看到。',
      ),
    ),
    paragraph(
      '每项用途在每个地区只有一个依据；更换依据属于重大变更，须按重大变更公告。家庭自用的服务器，法律也许没有这么多要求，但 Eaves 同样照此执行。',
    ),
  ],
  retention: [
    ...information['zh-Hans'].retention,
    blocksOf(privacyZh, 'retention')[1]!,
    ...said('backups', backups, 'zh-Hans').map((block) => keeps(['pp.ret.2'], block)),
  ],
  sharing: [...said('sharing', sharing, 'zh-Hans'), blocksOf(privacyZh, 'sharing')[1]!],
  partners: said('sharing', partners, 'zh-Hans'),
  transfer: [
    notYet(
      ['pp.3.1.5'],
      paragraph(
        important('transfer', '本产品不会自行把任何信息发往其他国家或地区。服务器在哪里，您的信息就在哪里。'),
        '有三种情况由您自己决定：您在境外打开应用时，所看的内容会传到您那里；您所连接的消息服务器可能位于境外；您开启通知的浏览器，其推送服务通常位于厂商所在的国家或地区。邮件服务和短信服务由服务器运行者选用。',
        elsewhere('zh-Hans').abroad,
      ),
    ),
  ],
  handover: [
    notYet(
      ['pp.3.2', 'pp.3.2.1', 'pp.3.2.2'],
      paragraph(
        important('transfer', '程序没有把所有人的信息移交给他人的功能。'),
        '托管服务改由其他人或公司负责，属于重大变更：须事先公告，没有表示同意的人，新文本对其不生效。本版本没有针对接手者的其他程序。',
      ),
    ),
  ],
  disclosure: [
    notYet(
      ['pp.3.3.1', 'pp.3.4.5', 'pp.3.4.6'],
      paragraph(
        '您和您的家没有任何内容是公开的。本版本没有公开主页，也没有分享链接。Eaves 不会从互联网或其他公开渠道收集与您有关的信息。',
      ),
    ),
  ],
  authorities: [
    notYet(
      ['pp.3.1.2', 'pp.3.3.2', 'pp.3.4.1', 'pp.3.4.2', 'pp.3.4.3', 'pp.3.4.4'],
      paragraph(
        '程序没有为主管机关、紧急情况或开发者留门，也没有向其披露信息的功能。此类要求只能向服务器的运行者提出，而运行者也只能交出自己读得到的内容。本版本不记录、也不核查此类要求。',
      ),
    ),
  ],
  rights: [
    keeps(
      ['pp.1.3'],
      paragraph('任何权利都不取决于您住在哪里、服务器由谁运行或您付了多少钱：没有可以取消权利的开关。'),
    ),
    ...said('requests', requests, 'zh-Hans'),
    keeps(
      ['pp.4.4.e'],
      paragraph(
        important('rights', '您可以随时撤回选择'),
        '：进入',
        page('您的选择', 'choices'),
        '，与当初打开时一样简单。撤回立即生效；此前的处理仍属合法，其他功能不受影响。',
      ),
    ),
  ],
  'rights-by-law': [
    ...said('requests', furtherRights, 'zh-Hans'),
    ...said('signal', marketing, 'zh-Hans'),
    keeps(
      ['pp.4.4.f'],
      paragraph(
        '投诉：联系页面列有各数据保护主管机关，您的信息副本中写明您所在地区的主管机关。投诉之前不必先询问任何人。',
      ),
    ),
  ],
  protection: [
    keeps(
      ['fm.security', 'pp.5.1'],
      list(
        '邮箱地址、手机号码、名称和网络地址在数据库中都加密保存，每个人、每个家各有一把密钥。',
        '未设置发送服务的消息以可读文件的形式存放在数据旁边的单独目录中。只有运行服务器的系统账户能打开该目录，文件一天后删除。',
        '打开这些密钥所需的文件位于数据目录之外；没有它，数据目录不会泄露上述内容。',
        '在服务器所在的机器之外，只能通过加密连接访问应用。',
        '每个入口都会核对您的身份允许做什么，凡未明确允许的一律拒绝。谁也看不到不属于自己的家。',
        '密码和验证码在数据库中以无法还原的形式保存；猜测次数会被计数并限速。',
      ),
    ),
    ...said('staff', staff, 'zh-Hans'),
    paragraph('没有绝对的安全。机器、更新以及能接触机器的人员，由服务器的运行者负责。'),
  ],
  incidents: [
    notYet(
      ['pp.5.3', 'pp.5.4'],
      paragraph(
        '本版本没有处理信息泄露的专门程序：不会查明涉及谁的信息，也不会自行通知任何人。法律可能要求服务器的运行者告知您和主管机关，这由运行者负责。',
      ),
    ),
  ],
  closing: [
    notYet(
      ['pp.5.5'],
      paragraph(
        '本版本没有终止整个服务的程序。家用服务器何时终止，由家里的人决定，一条命令即可：先销毁密钥，再删除数据和尚未发出的消息。备份和别处的副本须自行删除。设备仍可按自身方式工作。',
      ),
    ),
  ],
  minors: [
    keeps(
      ['pp.6'],
      paragraph(
        important(
          'minors',
          'Eaves 不供没有监护人的儿童使用。按所在地规定尚不能自行决定的人，须由家中为其负责的成年人看过本声明并同意之后，才可使用。',
        ),
      ),
    ),
    ...said('age', age, 'zh-Hans'),
  ],
  changes: [
    keeps(
      ['fm.date', 'pp.7.1'],
      paragraph(
        '每个版本都注明日期，并带有其文本独有的指纹。所有版本及其之间的变化，都可在',
        page('文件页面', 'documents'),
        '查阅。',
      ),
    ),
    keeps(
      ['pp.7.3'],
      paragraph(
        '重大变更在生效之前公告：在应用中、以通知或消息方式，以及在版本页面上，并写明间隔的时间。谁也不能把重大变更说成小变更；哪些变更属于重大，由程序承诺过的内容与其实际所做的事比较得出：',
      ),
    ),
    keeps(
      ['pp.7.4.1', 'pp.7.4.2', 'pp.7.4.3', 'pp.7.4.4', 'pp.7.4.5', 'pp.7.4.6'],
      list(
        '使用哪些信息、用来做什么、依据什么、保存多久、以何种方式使用',
        '由谁对信息负责',
        '谁会得到信息',
        '您的权利或行使权利的方式',
        '可以向谁询问或投诉',
        '被评估为高风险、可能影响您的事项',
      ),
    ),
    keeps(
      ['pp.7.2'],
      paragraph(
        '在您同意之前，与您有关的信息不会用于任何新的用途；您在此期间自行发起的事项（例如请求），按新文本保存。如果新文本只是增加可选项，其他一切仍按旧文本为您进行。否则，在新文本生效之后、您作出决定之前，您可以查看自己的信息，行使承诺给您的每一项权利，并操作家中已有的设备。未经您明确同意，您的任何权利都不会减少。',
      ),
    ),
  ],
})

/** 全文之前的六个要点。 */
export const summaryZh21 = [
  elsewhere('zh-Hans').point,
  '注册账号只需邮箱地址或手机号码，以及年龄段，不询问姓名。',
  '邮箱地址、手机号码和名称都经过加密，每个人、每个家各有一把密钥。',
  '凡是可选的，都有单独的开关，默认关闭。您随时可以改变主意，其他功能不受影响。',
  '每一节旁边都写明如何做到：由程序的哪一部分实现，由哪项测试证明。尚未做到的，也会如实说明。',
  '儿童使用须经为其负责的成年人同意。新文本先行公告，没有表示同意的人，对其不生效。',
] as const
