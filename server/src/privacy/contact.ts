import { regions, type Locale, type OperatingRole } from '@eaves/model'
import type { Contact } from '@eaves/model/api'
import { complaintDirectory } from './complaints.ts'
import type { Operator } from './operator.ts'

const words = {
  en: {
    unclaimed: 'Nobody has claimed this home yet. Whoever runs this computer answers for it.',
    household:
      'The person who claimed this home answers for it. Eaves runs here, at home, and its makers get none of its data.',
    hosted: (name: string) => `${name} runs this service and answers for the data in it.`,
    notRequired: (reason: string) => `Not required: ${reason}`,
  },
  'zh-Hans': {
    unclaimed: '这个家还没有人认领，由运行这台电脑的人负责。',
    household: '由认领这个家的人负责。Eaves 在您家中运行，其开发者得不到这里的任何数据。',
    hosted: (name: string) => `本服务由 ${name} 运营，并由其对其中的数据负责。`,
    notRequired: (reason: string) => `无需设置：${reason}`,
  },
} as const

export interface ContactFacts {
  readonly role: OperatingRole
  readonly claimed: boolean
  readonly operator: Operator | undefined
  /** Opened only when somebody of the home asks. */
  readonly address: string | undefined
}

/** Who answers for this server; before the claim it says that nobody has claimed it. // sa.3 fm.controller fm.contact pp.9 */
export function contactOf(
  { role, claimed, operator, address }: ContactFacts,
  locale: Locale,
): Omit<Contact, 'keys'> {
  const text = words[locale]
  const complaints = regions.map((region) => ({
    region,
    name: complaintDirectory[region].name[locale],
    url: complaintDirectory[region].url,
  }))
  if (role === 'household' || operator === undefined) {
    return {
      role,
      claimed,
      responsible: claimed ? text.household : text.unclaimed,
      ...(address === undefined ? {} : { address }),
      complaints,
    }
  }
  const stated = (entry: { name: string; contact: string } | { notRequired: string }) =>
    'notRequired' in entry ? text.notRequired(entry.notRequired) : `${entry.name}, ${entry.contact}`
  return {
    role,
    claimed,
    responsible: text.hosted(operator.controller.name),
    operator: {
      ...operator.controller,
      privacyContact: operator.privacyContact,
      complaintChannel: operator.complaintChannel,
      dataProtectionOfficer: stated(operator.dataProtectionOfficer),
      euRepresentative: stated(operator.euRepresentative),
      affiliates:
        typeof operator.affiliatesUrl === 'string'
          ? operator.affiliatesUrl
          : text.notRequired(operator.affiliatesUrl.notRequired), // def.aff
    },
    complaints,
  }
}

/** The controller as every receipt prints it; a household claims none. // fm.controller */
export function controllerName(role: OperatingRole, operator: Operator | undefined): string {
  return role === 'hosted' && operator !== undefined
    ? `${operator.controller.name}, ${operator.controller.address}`
    : 'household'
}
