import { paragraph } from '../../ast.ts'
import type { Topic } from './topic.ts'

/** Whoever works for a hosted service. */
export const staff: Topic = {
  on: {
    en: [
      paragraph(
        'Staff of a hosted service open something about a person only with a case: a request that the person made, hours of support that the person gave, or an emergency with a written reason. They see e-mail address, phone number and language, with a request also the request, for an hour at most, and never anything of a home. Each look and each refused try stands under “Who looked”; you are told of an emergency at once. A household has no staff.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '托管服务的工作人员，只有凭个案才能打开与某个人有关的信息：本人提出的请求、本人给予的支持时段，或写明理由的紧急情况。他们能看到的是邮箱地址、手机号码和语言，处理请求时还有该请求本身，每次最多一小时，任何时候都看不到家里的内容。每一次查看和每一次被拒绝的尝试都列在“谁看过”中；紧急情况会立即告知您。家用服务器没有工作人员。',
      ),
    ],
  },
  off: {
    en: [
      paragraph(
        'The program has no access for staff: on no page of it can whoever runs a server look at the account or the home of somebody else.',
      ),
    ],
    'zh-Hans': [
      paragraph('程序没有供工作人员使用的入口：服务器的运行者无法通过程序的任何页面查看他人的账号或家。'),
    ],
  },
}
