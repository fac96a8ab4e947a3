import { paragraph } from '../ast.ts'
import { agreementEn21, privacyEn21, summaryEn21 } from '../2.1/en.ts'
import { after, blocksOf } from './build.ts'

export const agreementEn22 = after(agreementEn21, {})

export const privacyEn22 = after(privacyEn21, {
  'device-information': [
    ...blocksOf(privacyEn21, 'device-information'),
    paragraph(
      'What a home is to do by itself: scenes and automations that its people write stay with the home, encrypted, and so do the earlier versions of both, for a year at most. Each time an automation runs, the app keeps what set it off, which conditions held and what became of each step, so that people of the home can see why something happened. An automation acts with the rights that whoever wrote it has at that moment, and stops when they leave. It reads devices, the time and the home; it does not judge people.',
    ),
    paragraph(
      'A calendar that somebody brings into a home, so that it goes by what stands in it, stays with the home, encrypted, and is read there alone. Those who may read its automations see what comes next. When it is removed, everything that stood in it goes at once. Where somebody names an address for it, this server asks that address about once an hour. The service there learns the network address of this server and that somebody reads this calendar, and nothing about anybody in the home. The address is kept encrypted, is not shown again, and goes when whoever named it leaves the home or lets their data be erased; nothing is asked for while their data rests. The same holds for an address that somebody names for a list of electricity prices: the service there learns that somebody reads this list, and nothing about what anybody uses.',
      'An owner or administrator of a home may let an automation call an address of somebody else’s. What they wrote for it is then sent there, on their word alone: plain texts, numbers, and values of devices if they chose any; nothing is added to it. The service there also learns the network address of this server, and what it does with the rest is between it and whoever named it. Each call stands among the runs of that automation, for thirty days at most, with whom it went to and whether it was taken; what was sent and what was answered are not kept. The address is kept encrypted with the automation and shown only to owners and administrators. Nothing is sent once whoever wrote it has lost that right, has left, lets their data rest or has had it erased.',
      'Whether somebody is at home: each person may let a home know whether they are there, and nobody is asked to. It is off until you switch it on for that home, and what is kept is “home” or “away” and since when, encrypted. You say one of those two words by hand, name a device of the home that says it for you, or switch on, on a phone of yours, that the app there says it while it is open. Only then, and only after you have allowed it to the browser, does the app read the location of that phone. It is compared on the phone with the place that you named there as home, and with places by name that you pointed out there; all of that stays on the phone, and only “home”, “away” or which of these names it is leaves it. These places are deleted from the phone when you switch this off, end the sharing, leave the home or sign out, and one of them when you end its choice. To find the location your browser may ask a service of its maker; the maker’s terms apply to that. Owners, administrators and adults of the home see it; of who does not share, nothing is guessed. A child shares only once the adult who answers for them has allowed it. When you end the sharing, all of it is deleted at once.',
      'A home may know places by name, such as “Work”, and never where they are. If you share, you choose for each of them whether the home may know that you are there while you are away; it is off until you do, and when you end that choice, or the name is removed, what was known of it is deleted at once. The others of the home and its automations learn at which of these places you are only while you switch that on.',
      'The mode of a home (at home, away, night, vacation or a name of its own) and who set it are kept for as long as it lasts; earlier changes for thirty-one days.',
    ),
    paragraph(
      'What devices measure is kept as it came for thirty days. So that a year can be compared with the one before, the home also keeps what it adds up to: by the hour for thirteen months, and of what is measured or counted by the day for ten years. What would show who was where, such as movement, doors and locks, is not added up and is gone after thirty days. Whoever looks after the devices of a home can say of which values no history is kept, and delete what there is. When a device is removed or the home is deleted, all of it goes at once.',
    ),
  ],
  sharing: [
    ...blocksOf(privacyEn21, 'sharing'),
    paragraph(
      'What an owner or administrator of a home lets an automation send to an address of somebody else’s, they send themselves, as “About your phone and your devices” says. It does not stand in “Who received it”: the runs of that automation are the record of it.',
    ),
  ],
})

export const summaryEn22 = summaryEn21
