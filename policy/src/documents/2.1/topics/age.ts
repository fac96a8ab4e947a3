import { paragraph } from '../../ast.ts'
import type { Topic } from './topic.ts'

/** How a child is told from an adult. */
export const age: Topic = {
  on: {
    en: [
      paragraph(
        'Whoever signs up chooses one of five age groups, in the same words for everybody and with nothing chosen beforehand. A date of birth is neither asked for nor kept. Consent is needed below 16 in the European Union, below 14 in the People’s Republic of China, below 13 in the United States and below 16 elsewhere. Until it is given the account is closed, and nothing is kept of it but what signing up and signing in leave behind. Accounts made before this question existed, or on the machine of the server, have not been asked it.',
      ),
      paragraph(
        'That adult sees what is held of the child, can have it deleted, and can take the consent back at any time; then, and when nobody answers for the child any more, the account is closed from its next act on. Below eighteen every optional use is off but the naming of the phone, and nothing goes to a manufacturer or partner. Whoever comes of age is asked to agree themselves. Eaves does not check whether the adult is a parent.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '注册时，每个人都会看到同样的问题，从五个年龄段中选择一个，没有预先选中的选项。不询问、也不保存出生日期。以下情形须经同意：在欧盟未满 16 周岁，在中华人民共和国未满 14 周岁，在美国未满 13 周岁，在其他地区未满 16 周岁。在得到同意之前，账号保持关闭，除注册和登录留下的信息外不保存任何内容。在这个问题出现之前建立的账号，以及直接在服务器上建立的账号，没有被询问过。',
      ),
      paragraph(
        '这位成年人可以查看所保存的孩子信息，可以要求删除，也可以随时撤回同意；撤回之后，或者不再有人为孩子负责时，账号从下一次操作起即关闭。未满 18 周岁的，除显示手机型号外，所有可选用途一律关闭，也不会有任何信息提供给厂商或合作方。达到可以自行决定的年龄时，会请本人自己表示同意。Eaves 不核实这位成年人是否为父母。',
      ),
    ],
  },
  off: {
    en: [
      paragraph(
        'Eaves does not ask for a date of birth. A child belongs to a home only through an adult there who answers for it; when nobody does any more, the child’s access rests.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        'Eaves 不询问出生日期。儿童只能通过家中一位为其负责的成年人加入；不再有人负责时，儿童的访问随即暂停。',
      ),
    ],
  },
}
