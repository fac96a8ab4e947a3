import { paragraph } from '../../ast.ts'
import type { Topic } from './topic.ts'

/** Copies of the data. */
export const backups: Topic = {
  on: {
    en: [
      paragraph(
        'Where whoever runs the server has turned backups on, Eaves makes them in two parts: the data, encrypted and without the keys, and the keys, which are kept for seven days. After each it tries whether the backup can be restored. Once an account or a home has been deleted, what its key locked is unreadable in every backup seven days later at the latest. What you delete, change or withdraw piece by piece stays in the backups made before, until newer ones have taken their place; the fourteen newest are kept.',
      ),
      paragraph(
        'A restore first removes again all accounts and homes that were deleted and all that has come to its end. Whatever else happened after the backup is not in it, a choice that you took back among it: after a restore, please look at your choices. Before an update changes the data, Eaves puts a copy aside in the data folder for a week; when an account or a home is deleted, that copy goes at once. Copies of the keys that somebody keeps elsewhere, and copies made by other programs, are beyond the reach of Eaves.',
      ),
    ],
    'zh-Hans': [
      paragraph(
        '服务器的运行者开启备份之后，Eaves 会把备份分为两部分：一部分是加密的数据，不含密钥；另一部分是密钥，只保留七天。每次备份之后，都会试着恢复一次。账号或家被删除之后，由其密钥锁住的内容最迟七天后在任何备份中都无法读取。您逐项删除、修改或撤回的内容，仍留在此前的备份中，直到被更新的备份取代；备份保留最近的十四份。',
      ),
      paragraph(
        '恢复备份时，会先重新删除所有已删除的账号和家，以及已到期的内容。备份之后发生的其他事不在备份之内，包括您撤回的选择：恢复之后，请重新查看您的选择。在更新改动数据之前，Eaves 会在数据目录中另存一份副本，保留一周；账号或家被删除时，该副本立即删除。有人在别处另存的密钥，以及用其他程序制作的副本，Eaves 无法触及。',
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
