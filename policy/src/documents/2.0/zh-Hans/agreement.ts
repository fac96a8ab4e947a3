import { important, link, list, page, paragraph, type PolicyDocument } from '../../ast.ts'

export const agreementZh: PolicyDocument = {
  id: 'agreement',
  version: '2.0',
  locale: 'zh-Hans',
  title: '服务协议',
  publishedOn: '2026-11-22',
  sections: [
    {
      id: 'parties',
      clauses: [],
      heading: '协议双方',
      blocks: [
        paragraph(
          '本协议由您与您所使用的 Eaves 服务器的运行者订立：家用时，运行者是认领这台服务器的人；托管时，运行者是服务运营方。对方是谁、如何联系，都写在',
          page('联系页面', 'contact'),
          '上。服务器尚未被认领时，该页面会如实说明。',
        ),
        paragraph('Eaves 的开发者不是本协议的当事方，也无法进入您的服务器。'),
      ],
    },
    {
      id: 'agreeing',
      clauses: ['sa.1', 'sa.2', 'sa.4', 'fm.read'],
      heading: '如何表示同意',
      blocks: [
        paragraph(
          '文件共有两份：本协议和',
          link('隐私声明', 'privacy', 'who'),
          '。对本协议，您作出的是“接受”；对隐私声明，您作出的是“知悉”。这是两个独立的动作，做与不做都由您决定。可选的信息用途不包含在内：每一项都有单独的开关，默认全部关闭，不打开也不会影响其他任何功能。',
        ),
        paragraph(
          '请先读完两份文件再作决定。与您的权利和义务关系最大的条款以粗体加下划线标出。滚动页面、打开页面或者单纯使用，都不会被当作同意。',
        ),
        paragraph(
          '如果您选择不同意，系统不会建立账号，也不会留下任何与您有关的信息。您仍然可以阅读文件，也仍然可以使用联系页面。',
        ),
      ],
    },
    {
      id: 'service',
      clauses: ['fm.about'],
      heading: 'Eaves 做什么',
      blocks: [
        paragraph(
          'Eaves 把不同品牌的智能设备汇集到同一个家里。您可以划分楼层和房间，查看设备上报的状态，操作设备，并回看以前的数值。设备通过 MQTT 消息服务器接入：可以是您自己连接的，也可以是服务器内置的。',
        ),
        paragraph(
          '只有设备自己报告了新的状态，一条指令才算得到确认。设备、电池和网络都可能出故障。',
          important(
            'liability',
            '请不要把 Eaves 当作保护生命、健康或财产的唯一手段。它不能代替烟雾报警器、医疗设备、安防服务或钥匙。',
          ),
        ),
      ],
    },
    {
      id: 'contact',
      clauses: ['sa.3'],
      heading: '有疑问时',
      blocks: [
        paragraph(
          '对任何一份文件有疑问，请前往',
          page('联系页面', 'contact'),
          '。提问之前不需要先同意任何内容。',
        ),
      ],
    },
    {
      id: 'words',
      clauses: [],
      heading: '用语说明',
      blocks: [
        list(
          '“家”是一户人在 Eaves 中的空间，包含楼层、房间、设备和成员。',
          '“成员”是属于某个家的人，身份为所有者、管理员、成人、儿童或访客。身份决定他在这个家里可以做什么。',
          '“设备”是能够上报状态或接受操作的物件。',
        ),
      ],
    },
    {
      id: 'your-content',
      clauses: ['def.bd'],
      heading: '您创建的内容属于您',
      blocks: [
        paragraph(
          '您所起的名称、所作的布置和设置都归您所有，服务器只用它们来运行您的家。名称有时也会透露个人情况，因此 Eaves 对这些内容的保护与个人信息相同。',
        ),
      ],
    },
    {
      id: 'ownership',
      clauses: ['ls.1.1', 'ls.1.2', 'ls.1.3'],
      heading: '软件、名称和文字',
      blocks: [
        paragraph(
          'Eaves 是以 Apache License 2.0 发布的开源软件。您可以怎样使用程序及其文字、图片，由该许可证规定，本协议不会减少其中的任何权利。',
        ),
        paragraph(
          '名称和标志属于各自的权利人。Eaves 中出现品牌名称，只是为了说明可以与哪些设备配合使用；许可证并不允许您把这些名称当作自己的来使用。',
        ),
      ],
    },
    {
      id: 'conduct',
      clauses: ['ls.2.1.1'],
      heading: '合理使用',
      blocks: [
        list(
          '遵守您所在地的法律。',
          '只连接您有权控制的设备和消息服务器。',
          '不得用 Eaves 监视、跟踪或伤害他人，包括与您同住的人；不得侵入他人的账号、家或服务器。',
        ),
        paragraph(
          '对违反上述规则的账号，运行者可以停用，但必须说明理由，您也可以提出异议。',
          important('rights', '账号即使被停用，仍有权取得自己信息的副本，并要求删除。'),
        ),
        paragraph(
          important('minors', 'Eaves 面向成年人。未成年人须经父母或其他监护人同意方可使用。'),
          '详见',
          link('隐私声明', 'privacy', 'minors'),
          '。',
        ),
      ],
    },
    {
      id: 'liability',
      clauses: [],
      heading: '责任',
      blocks: [
        paragraph(
          important(
            'liability',
            '您用 Eaves 做什么、连接了哪些设备，由您自己负责。软件按现状提供，不保证永不出错。',
          ),
        ),
        paragraph(
          important(
            'liability',
            '因故意或重大过失造成的损失、对生命、身体或健康的损害，以及法律不允许限制责任的其他情形，其责任均不因本协议而受到限制。您作为消费者的权利不受影响。',
          ),
        ),
      ],
    },
    {
      id: 'complaints',
      clauses: ['ls.3'],
      heading: '认为自己的权利受到侵害时',
      blocks: [
        paragraph(
          '请通过',
          page('联系页面', 'contact'),
          '提交书面说明：涉及什么内容、在哪里、侵害了您的哪项权利、怎样与您联系。运行者会听取另一方的意见，及时作出决定，并把结果和理由告知双方。',
        ),
      ],
    },
    {
      id: 'leaving',
      clauses: [],
      heading: '离开',
      blocks: [
        paragraph(
          '您可以随时停止使用，无需理由。您可以在应用中退出登录，并通过',
          page('联系页面', 'contact'),
          '要求删除账号。家用服务器如果只有一个账号，删除数据目录、密钥文件和消息目录即可立即达到同样的效果。此后您的信息如何处理，见',
          link('隐私声明', 'privacy', 'retention'),
          '。',
        ),
      ],
    },
    {
      id: 'changes',
      clauses: [],
      heading: '协议的变更',
      blocks: [
        paragraph(
          '新版本只有在您看过并接受之后才对您生效。在此之前，应用只显示文件和联系方式，您的家会原样保留。您接受过的文本可以凭其独有的指纹随时查阅。',
        ),
      ],
    },
  ],
}
