import { paragraph } from '../../ast.ts'
import type { Topic } from './topic.ts'

/** Copies of the data. */
export const backups: Topic = {
  on: {
    en: [
      paragraph(
        'Copies of the data are encrypted and hold none of the keys; after each one Eaves tries whether it can be restored. The keys have a copy of their own that lives seven days. So what was deleted is unreadable in every copy seven days later at the latest, and a restored copy first removes again whatever was deleted or has come to its end. A copy of the keys that somebody keeps elsewhere is beyond the program’s reach.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '数据的备份经过加密，不含任何密钥；每次备份之后，Eaves 都会试着恢复一次。密钥另有备份，只保留七天。因此，已删除的内容最迟七天后在任何备份中都无法读取；恢复备份时，会先重新删除已删除和已到期的内容。如果有人在别处另存了密钥，程序无法触及。',
      ),
    ],
  },
  off: {
    en: [
      paragraph(
        'Once a key is destroyed, what it locked can no longer be read, neither in the data folder nor in a copy of it. This version of Eaves makes no copies itself; whoever runs the server may make some. If they keep a copy of a key as well, such copies stay readable for them; they should store keys apart from the data and not keep copies for long.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '密钥一旦销毁，它所锁住的内容就无法再读取，无论是在数据目录里，还是在数据目录的副本里。本版本的 Eaves 不做备份；服务器的运行者可能自行复制。如果有人连密钥也另存了一份，仍能读取相应的副本；因此，密钥应与数据分开存放，副本也不宜久留。',
      ),
    ],
  },
}
