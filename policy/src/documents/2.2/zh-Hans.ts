import { paragraph } from '../ast.ts'
import { agreementZh21, privacyZh21, summaryZh21 } from '../2.1/zh-Hans.ts'
import { after, blocksOf } from './build.ts'

export const agreementZh22 = after(agreementZh21, {})

export const privacyZh22 = after(privacyZh21, {
  'device-information': [
    ...blocksOf(privacyZh21, 'device-information'),
    paragraph(
      '家自行执行的事项：家中成员编写的场景和自动化都加密保存在这个家里，自动化还会保留各个旧版本。自动化每次运行，应用都会记下由什么触发、哪些条件成立、每一步结果如何，让家里的人看得出某件事为什么发生。自动化只拥有其编写者当时的权限；编写者离开这个家，它就停止。它读取的是设备、时间和家的状态，不对人作评判。',
    ),
    paragraph(
      '是否有人在家：每个人都可以选择让某个家知道自己在不在家，没有人会被要求这样做。在您为这个家开启之前，此功能一直关闭；保存的只有“在家”或“外出”以及起始时间，并且加密。应用从不询问您身在何处：由您手动说明这两种状态之一，或者指定家中的一台设备代您告知。家的所有者、管理员和成年成员可以看到；对没有分享的人，不作任何推测。儿童须先得到对其负责的成年人同意，才能分享。您一旦关闭，相关内容立即全部删除。家的模式（在家、离家、夜间、度假或自定义名称）及其设置者，在该模式持续期间保存；之前的变更保存三十一天。',
    ),
    paragraph(
      '设备测得的数值按原样保存三十天。为便于逐年比较，家里还会保存这些数值的汇总：按小时的汇总保存十三个月；凡属测量或计数的数值，按天的汇总保存十年。可能反映谁在何处的信息，例如人体移动、门和门锁的状态，不作汇总，三十天后即删除。移除设备或删除家时，以上内容立即全部删除。',
    ),
  ],
})

export const summaryZh22 = summaryZh21
