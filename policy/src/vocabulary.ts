import type { Category, Locale, Recipient } from '@eaves/model'

type Words = Readonly<Record<Locale, string>>

/** What each category of the data map is called in the documents and notices. */
export const categoryLabels: Readonly<Record<Category, Words>> = {
  'user.contact.email': { en: 'E-mail address', 'zh-Hans': '邮箱地址' },
  'user.contact.phone_number': { en: 'Phone number', 'zh-Hans': '手机号码' },
  'user.credentials': {
    en: 'Password, codes and sign-in keys, kept so that they cannot be read back',
    'zh-Hans': '密码、验证码和登录凭据（保存形式无法还原）',
  },
  'user.unique_id': { en: 'Random number that stands for your account', 'zh-Hans': '代表您账号的随机编号' },
  'user.preference': { en: 'Settings such as theme', 'zh-Hans': '外观等偏好设置' },
  'user.consent': { en: 'What you agreed to and chose, and when', 'zh-Hans': '您同意和选择的内容及时间' },
  'user.name': {
    en: 'Names you give to things of your own, such as an access token',
    'zh-Hans': '您为自己的项目（如访问令牌）起的名称',
  },
  'user.device.model': {
    en: 'Make and model of your phone or computer',
    'zh-Hans': '您的手机或电脑的品牌和型号',
  },
  'user.device.ip_address': {
    en: 'Network address you sign in and act from',
    'zh-Hans': '您登录和操作时的网络地址',
  },
  'user.device.push_address': {
    en: 'Address at which a browser of yours takes notices',
    'zh-Hans': '您的浏览器接收通知的地址',
  },
  'user.demographic.age': { en: 'Age group', 'zh-Hans': '年龄段' },
  'user.demographic.language': { en: 'Language you chose', 'zh-Hans': '您选择的语言' },
  'user.activity': {
    en: 'When you signed in, and what was done with your account and when',
    'zh-Hans': '您登录的时间，以及对账号做过的操作和时间',
  },
  'user.behavior.search_history': {
    en: 'What you searched for in the app',
    'zh-Hans': '您在应用中搜索过的内容',
  },
  'user.household.rooms': { en: 'Floors and rooms and their names', 'zh-Hans': '楼层、房间及其名称' },
  'user.household.member': {
    en: 'Who belongs to a home, and as what',
    'zh-Hans': '谁属于这个家、担任什么角色',
  },
  'user.household.home': { en: 'Name and time zone of a home', 'zh-Hans': '家的名称和时区' },
  'user.household.floor_area': { en: 'Floor area of a home', 'zh-Hans': '家的面积' },
  'user.household.family_status': {
    en: 'Family status of a home, such as couple or shared flat',
    'zh-Hans': '家庭状况，如两人世界、与人合住',
  },
  'user.contact.address': { en: 'Address of a home', 'zh-Hans': '家的住址' },
  'home.activity': {
    en: 'What devices report and what they were told',
    'zh-Hans': '设备上报的状态和收到的指令',
  },
  'user.presence': {
    en: 'Whether you are at home, where you let a home know',
    'zh-Hans': '您是否在家（前提是您让这个家知道）',
  },
  'home.presence': {
    en: 'Whether a sensor notices movement, or a door is open',
    'zh-Hans': '传感器是否感应到有人、门窗是否开着',
  },
  'home.climate': {
    en: 'Temperature, humidity and air in the home',
    'zh-Hans': '家中的温度、湿度和空气状况',
  },
  'home.energy': { en: 'Power and energy used', 'zh-Hans': '用电功率和用电量' },
  'home.image': { en: 'Pictures from cameras', 'zh-Hans': '摄像头画面' },
  'home.safety': {
    en: 'Locks, alarms, smoke and water sensors',
    'zh-Hans': '门锁、警报、烟雾和漏水传感器的状态',
  },
  'device.health': { en: 'Battery, signal and faults of devices', 'zh-Hans': '设备的电量、信号和故障' },
  'device.settings': { en: 'Names, rooms and settings of devices', 'zh-Hans': '设备的名称、所在房间和设置' },
  'device.identity': {
    en: 'Make, model, firmware and hardware number of devices',
    'zh-Hans': '设备的品牌、型号、固件版本和硬件编号',
  },
  'home.connection': {
    en: 'Address and access data of the broker you linked',
    'zh-Hans': '您所连接的消息服务器的地址和访问凭据',
  },
  'user.location.imprecise': {
    en: 'The part of the world your homes are in, such as Europe',
    'zh-Hans': '您的家所在的大洲，如欧洲',
  },
  'user.device.device_id': {
    en: 'A number made up for one recipient alone, in place of any number of your phone',
    'zh-Hans': '只为某一个接收方生成的编号，用来代替手机的任何编号',
  },
  'device.use': {
    en: 'Which models of a brand are in use, how many, and roughly how often',
    'zh-Hans': '某个品牌在用的型号、数量和大致的使用频率',
  },
  'user.disclosure': {
    en: 'What was sent about you, to whom, when and on which consent',
    'zh-Hans': '向谁、何时、依据哪次同意发送过与您有关的哪些信息',
  },
  'system.operations': { en: 'Technical records of the server itself', 'zh-Hans': '服务器自身的技术记录' },
}

/** Who else gets something, as the documents and notices say it. // pp.3.1 */
export const recipientLabels: Readonly<Record<Recipient, Words>> = {
  'mail-service': {
    en: 'The mail service that whoever runs the server has set, with each message sent to you; none if none is set',
    'zh-Hans': '服务器运行者所设置的邮件服务（在向您发送邮件时）；未设置则无',
  },
  'sms-service': {
    en: 'The service for text messages that whoever runs the server has set, with each text message sent to you; none if none is set',
    'zh-Hans': '服务器运行者所设置的短信服务（在向您发送短信时）；未设置则无',
  },
  'push-service': {
    en: 'The push service of a browser in which you turned on notices, with each notice, which it cannot read; none if you turned on none',
    'zh-Hans': '您在其中开启通知的浏览器的推送服务（在发送通知时，且无法读取内容）；未开启则无',
  },
  'linked-broker': {
    en: 'The MQTT broker you linked, if you linked one',
    'zh-Hans': '您所连接的 MQTT 消息服务器（如有连接）',
  },
  'chosen-manufacturer': {
    en: 'A manufacturer you chose by name, one by one; none unless you chose one',
    'zh-Hans': '您逐一点名同意的设备厂商；未同意则无',
  },
}

/** Words of the generated collection table and of the notices beside input fields. */
export const tableWords = {
  head: {
    en: ['Information', 'What for', 'Needed?', 'Kept', 'Who else gets it'],
    'zh-Hans': ['信息', '用途', '是否必需', '保存多久', '还有谁会得到'],
  },
  needed: { en: 'Needed', 'zh-Hans': '必需' },
  optional: { en: 'Your choice', 'zh-Hans': '由您选择' },
  nobody: { en: 'Nobody', 'zh-Hans': '无' },
  join: { en: '; ', 'zh-Hans': '；' },
} as const satisfies Record<string, Record<Locale, string | readonly string[]>>
