import { paragraph } from '../../ast.ts'
import type { Topic } from './topic.ts'

/** How a child is told from an adult. */
export const age: Topic = {
  on: {
    en: [
      paragraph(
        'An account is asked whether its person is of age where they live, neutrally and once; the day of birth is not kept. A child’s account hangs on an adult who answers for it, sees what the child sees and can end it. Sharing and personal advice are locked off for it.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '建立账号时会中性地询问一次，本人在当地是否成年；出生日期不会保存。儿童的账号依附于一位为其负责的成年人，该成年人能看到孩子所看到的内容，也可以终止该账号。对儿童的账号，共享和个性化建议一律关闭。',
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
