import type { Locale } from '@eaves/model'

/** What a guardian reads before agreeing for a child; the consent names the hash of exactly this. // pp.6 */
export const guardianText: Readonly<Record<Locale, readonly string[]>> = Object.freeze({
  en: [
    'You answer for this child in this home. With your consent the child may use Eaves, within what you and the keepers of the home allow; without it the account stays closed.',
    'Kept of the child: an e-mail address or phone number, an age group, what they agreed to and chose, when they signed in, and what they did in the home. The privacy statement says of each for how long. Nothing of it is used for promotion or personal suggestions or shared with manufacturers or partners, and the child cannot turn that on.',
    'You see what is kept of the child and may have it deleted. You may take your consent back at any time, here: the account closes with the next thing the child does. It also closes when you leave the home or no longer answer for the child.',
    'When the child is old enough to decide alone, your consent ends and they are asked themselves.',
  ],
  'zh-Hans': [
    '您在这个家中是这个孩子的监护人。经您同意，孩子可以在您和这个家的管理者允许的范围内使用 Eaves；未经同意，账号保持关闭。',
    '会保存的孩子信息包括：邮箱地址或手机号码、年龄段、孩子同意和选择的内容、登录时间，以及在家中做过的操作。每一项保存多久，见隐私声明。这些信息不用于营销或个性化推荐，也不共享给厂商或合作方，孩子也无法自行开启。',
    '您可以查看所保存的孩子信息，也可以要求删除。您可以随时在这里撤回同意：孩子的下一次操作起，账号即关闭。您离开这个家或不再担任监护人时，账号同样关闭。',
    '孩子长大到可以自己决定时，您的同意随之结束，改为询问孩子本人。',
  ],
})
