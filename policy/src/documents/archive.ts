import type { ClauseId } from '../clauses.ts'

/** The source policy: kept by title, date and hash, never by its text, and never shown to anyone for agreement. // fm.date */
export const sourcePolicy = Object.freeze({
  version: '1.0.0',
  title: 'Service Agreement; Legal Statement and Privacy Policy',
  date: '2020-05-11',
  sha256: '6e21b81b4d915e000b19c863ed8222f8daea051feb6b91d07993e43bb1efa1f1',
  standing: 'source, never offered for agreement',
})

/** A defect of the source policy and what version 2.0 does about it. */
export interface Erratum {
  readonly clauses: readonly ClauseId[]
  readonly defect: string
  readonly mended: string
}

export const errata: readonly Erratum[] = Object.freeze([
  {
    clauses: ['pp.9', 'fm.contact', 'sa.3', 'def.aff'],
    defect: 'Contact and the list of related companies were left blank or broke off.',
    mended: 'Each server shows the contact that belongs to it; there are no related companies.',
  },
  {
    clauses: ['pp.3.1.5'],
    defect: 'The sentence on standard clauses pointed to the wrong section for contact.',
    mended: 'References are links to sections and are checked; a wrong one is rejected.',
  },
  {
    clauses: ['pp.3.3.1', 'ls.2.1.1', 'pp.4.4.a'],
    defect: 'Several paragraphs had lost their numbers.',
    mended: 'Every promise has a permanent id that no print can lose.',
  },
  {
    clauses: ['pp.1.3', 'pp.4.2.1', 'pp.4.2.2', 'pp.4.2.3', 'pp.8'],
    defect: 'Deletion was promised on three grounds in one place, to everyone in another.',
    mended: 'Everyone may have their information deleted, without giving a reason.',
  },
  {
    clauses: ['pp.3.1.3'],
    defect: 'Manufacturers were to receive location and identifiers without a word of consent.',
    mended: 'Nothing goes to manufacturers.',
  },
  {
    clauses: ['sa.1', 'fm.read', 'sa.4'],
    defect: 'Using the service counted as agreeing to everything at once.',
    mended: 'Accepting the agreement, acknowledging the statement and each choice are separate acts.',
  },
  {
    clauses: ['sa.2'],
    defect: 'Important terms were to be bold and underlined; none was.',
    mended: 'A version without its important terms marked is rejected.',
  },
  {
    clauses: ['pp.2.2.1'],
    defect: 'A leftover from an insurance form asked for details of risks.',
    mended: 'Nothing of that kind is asked for.',
  },
  {
    clauses: ['pp.3.4.1', 'pp.3.4.2', 'pp.3.4.3', 'pp.3.4.4'],
    defect: 'Exceptions in the words of one country’s law were claimed for everyone.',
    mended: 'Only a duty under the law that applies to you counts, on paper, and no further than it reaches.',
  },
  {
    clauses: ['fm.controller'],
    defect: 'Another company was named as responsible.',
    mended: 'Responsible is whoever runs the server; the statement says how to see who that is.',
  },
  {
    clauses: ['pp.2.2.2'],
    defect: 'The heading spoke of the phone, the text of the paired device.',
    mended: 'Both are covered, each by its own paragraph.',
  },
  {
    clauses: ['pp.0', 'pp.4.1', 'pp.6'],
    defect: 'Later sections used information that the list of what is collected did not name.',
    mended: 'One table, made from the program’s own map of its data, lists everything.',
  },
  {
    clauses: ['pp.7.1', 'fm.date'],
    defect: 'It was written before later laws of China and the European Union.',
    mended: 'Version 2.0 was written anew; the law that applies where you live stands beside it.',
  },
  {
    clauses: ['sa.1'],
    defect: 'One of the two documents was missing and the other went by three names.',
    mended: 'Two documents, one title each.',
  },
  {
    clauses: ['ls.2.1.1'],
    defect: 'One country’s law bound every user, with liability excluded altogether.',
    mended: 'The law where you are binds you; liability is limited only as far as law allows.',
  },
])

/** The errata in Chinese, in the same order: the defect, and what was done about it. */
export const errataInChinese: readonly (readonly [defect: string, mended: string])[] = Object.freeze([
  ['联系方式和关联公司名单留有空白或不完整。', '每台服务器显示自己的联系方式；没有关联公司。'],
  [
    '关于标准条款的句子把联系方式指到了错误的章节。',
    '引用都是指向章节的链接，并经过检查；错误的引用会被拒绝。',
  ],
  ['若干段落丢失了编号。', '每项承诺都有永久编号，不会因排印而丢失。'],
  ['一处规定只有三种理由可以删除，另一处又说人人可以删除。', '人人可以要求删除自己的信息，无需理由。'],
  ['厂商可以得到位置和标识，却只字未提同意。', '厂商得不到任何信息。'],
  ['使用服务就被视为一次性同意全部内容。', '接受协议、知悉声明和每一项选择都是单独的动作。'],
  ['重要条款应以粗体加下划线标出，实际却没有一处标出。', '未标出重要条款的版本会被拒绝。'],
  ['保险表单的残留内容要求填写风险详情。', '不询问任何此类内容。'],
  [
    '以一国法律的措辞规定例外，却适用于所有人。',
    '只有适用于您的法律所规定的、有书面依据的义务才算数，且不超出其范围。',
  ],
  ['写明负责的是另一家公司。', '负责的是服务器的运行者；声明说明如何查看是谁。'],
  ['标题说的是手机，正文说的却是配对的设备。', '两者都包含，各有一段。'],
  ['后文使用的信息未列入收集清单。', '由程序自己的数据清单生成一张表，列出全部内容。'],
  ['写成于中国和欧盟后来的法律之前。', '2.0 版重新撰写，并写明您所在地适用的法律。'],
  ['两份文件缺了一份，另一份有三个名称。', '两份文件，各有一个标题。'],
  ['以一国法律约束所有用户，并完全排除责任。', '约束您的是您所在地的法律；责任只在法律允许的范围内受限。'],
])
