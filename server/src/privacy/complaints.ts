import { regions, type Locale, type Region } from '@eaves/model'

interface Place {
  readonly name: Readonly<Record<Locale, string>>
  readonly url: string
}

/** Where somebody can complain besides the people who run this server, by the region whose law applies. // pp.9 */
export const complaintDirectory: Readonly<Record<Region, Place>> = {
  EU: {
    name: { en: 'The data protection authority of your country', 'zh-Hans': '您所在国家的数据保护机构' },
    url: 'https://www.edpb.europa.eu/about-edpb/about-edpb/members_en',
  },
  CN: {
    name: {
      en: 'The reporting centre of the Cyberspace Administration of China',
      'zh-Hans': '国家网信办违法和不良信息举报中心',
    },
    url: 'https://www.12377.cn',
  },
  US: {
    name: {
      en: 'The Federal Trade Commission, or the attorney general of your state',
      'zh-Hans': '美国联邦贸易委员会或您所在州的总检察长',
    },
    url: 'https://reportfraud.ftc.gov',
  },
  other: {
    name: { en: 'The privacy authority where you live', 'zh-Hans': '您所在地的隐私保护机构' },
    url: 'https://globalprivacyassembly.org/participation-in-the-assembly/list-of-accredited-members/',
  },
}

/** The authorities to tell somebody of: that of their region, or all where nobody knows which. // pp.4.4.f */
export function complaintsFor(region: Region, locale: Locale) {
  const asked = region === 'other' ? regions : [region]
  return asked.map((each) => ({
    region: each,
    name: complaintDirectory[each].name[locale],
    url: complaintDirectory[each].url,
  }))
}
