/**
 * The words of Eaves. One word per idea; no second word for any of them.
 *
 * home        a household's place: the unit of order, ownership and rights; has an IANA zone
 * floor, room parts of a home that people name
 * person      somebody with an account; in stores an opaque subject id
 * member      a person in a home, with roles owner, admin, adult, child or guest; or its wall panel (kiosk)
 * limits      what narrows a member beyond the role: which devices, which acts, which hours
 * guardian    the adult of a home who answers for a child
 * invitation  a single-use code by which somebody becomes a member
 * role        alone: the operating role of a server, household or hosted
 * device      what a person points at; has parts (endpoints), each with capabilities
 * capability  a standard function, named after a Matter cluster (onOff, level, lock…), values in everyday units
 * vendor attribute  a function no capability covers, typed and driven by a generic control
 * state       the last reported values of a device
 * report      a device says a value; event: a momentary happening, never state
 * mode        what a whole home is in: home, away, night, vacation, or a name that its people gave; one at any time
 * scene       what several devices are to be, under one name: run at once, and undone at once
 * meter       what comes into a home or goes out of it, counted by a value of a device; tariff: what it costs from a day on
 * alarm       what a home hears while nobody is there or everybody sleeps; armed and disarmed, with codes; never fire or water, which always tell
 * vacation    lamps that go on and off as they did in the past, while nobody is there
 * blueprint   an automation's text with inputs, which whoever makes an automation of it fills in; only a text, kept nowhere
 * command     a wish sent to a device: accepted → sent → confirmed | failed | timed-out
 * driver      the code for one brand or protocol; manufacturer: the company
 * connection  one link of a home through a driver, for example to its MQTT broker
 * onboarding  bringing devices in, as named steps
 * hub         a server that runs one household; server: the program
 * bridge      a box behind a connection that other devices hang on, such as a Zigbee coordinator; act: care of a bridge or device through it
 * category, purpose, basis, retention, recipient  words of the data map
 * clause      a numbered promise of the policy; rule: policy only, never an automation
 * notice      what a person is shown before something is collected
 * agreement   accepting the contract, acknowledging the statement; choice: consent to one optional purpose
 * staff       who works for a hosted service; case: why they may open something of a person
 * rollup      what a value did in an hour or a day, added up: long-term statistics, with a period of their own
 * receipt     the proof of an agreement or choice
 */
export * from './activity.ts'
export * from './alarm.ts'
export * from './bring.ts'
export { coreCapabilities } from './capabilities/core.ts'
export * from './corrections.ts'
export * from './calls.ts'
export * from './capabilities/index.ts'
export * from './days.ts'
export * from './devices.ts'
export * from './energy-flow.ts'
export * from './energy.ts'
export * from './errors.ts'
export * from './history.ts'
export * from './homes.ts'
export * from './ids.ts'
export * from './members.ts'
export * from './modes.ts'
export * from './named-places.ts'
export * from './notices.ts'
export * from './privacy.ts'
export * from './scenes.ts'
export * from './staff.ts'
export * from './units.ts'
export * from './vacation.ts'
