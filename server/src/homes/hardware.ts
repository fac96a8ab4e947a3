const number = '(?:0x)?(?:[0-9a-f]{2}[:-]?){6,8}'
const whole = new RegExp(`^${number}$`, 'i')
const inside = new RegExp(`(?<![0-9a-z])${number}(?![0-9a-z])`, 'gi')

/** Whether a name is nothing but a number burnt into hardware. // pp.2.2.2 */
export const isHardwareNumber = (name: string): boolean => whole.test(name)

/** What a bridge or device says in its own words, without the hardware numbers in it. // pp.2.2.2 */
export const withoutNumbers = (text: string): string => text.replaceAll(inside, '…')
