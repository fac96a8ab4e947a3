/** Six plain points above the full texts. */
export const summaryEn = [
  'Your home’s information stays on this server and with the broker you link. No manufacturer gets it, no advertiser, not the people who write Eaves.',
  'An account needs an e-mail address or a phone number. Your name is not asked for.',
  'E-mail addresses, phone numbers and names are encrypted, with a key for each person and each home.',
  'Anything optional is a switch that starts off. You can change your mind at any time, and nothing else stops working.',
  'You may see, copy, correct, delete, refuse and limit what is held about you, without giving a reason.',
  'Children need a parent or guardian. The rules change only after you have seen and accepted the new text.',
] as const
