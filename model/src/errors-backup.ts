/** Codes of backups, the recovery kit and restores, for the error table. */
export const backupErrors = {
  'backup.no-kit': {
    status: 409,
    title: 'There is no recovery kit yet, so nobody could open a backup.',
    todo: 'Run "eaves kit" on the server and keep what it prints; then back up.',
  },
  'backup.kit-exists': {
    status: 409,
    title: 'This server has a recovery kit.',
    todo: 'Use the one you have. If it is lost, "eaves kit --new" makes another; backups made until then open with the old one only.',
  },
  'backup.kit-typo': {
    status: 422,
    title: 'The recovery kit is not typed right.',
    todo: 'Compare the group that is named with your paper and type it again.',
  },
  'backup.kit-wrong': {
    status: 422,
    title: 'This recovery kit opens another backup.',
    todo: 'Use the kit with the mark that is named, or a backup made since this kit was printed.',
  },
  'backup.not-set-up': {
    status: 409,
    title: 'No folders are set for backups.',
    todo: 'Set EAVES_BACKUP_DIR and EAVES_VAULT_BACKUP_DIR, or name both folders with --to and --vault-to.',
  },
  'backup.running': {
    status: 409,
    title: 'A backup is being made already.',
    todo: 'Wait until it is done; its state says so.',
  },
  'backup.cut-short': {
    status: 503,
    title: 'The server ended while the backup was being made.',
    todo: 'Make another; what was there before is untouched.',
  },
  'backup.folder': {
    status: 409,
    title: 'A folder for backups cannot be used.',
    todo: 'Name two folders apart from each other and from the data, each on a disk that can be written.',
  },
  'backup.no-space': {
    status: 507,
    title: 'There is not enough room for that.',
    todo: 'Free some space on the disk that is named, or use another one. Nothing has been changed.',
  },
  'backup.disk': {
    status: 500,
    title: 'A disk does not read or write as it should.',
    todo: 'See that it is plugged in and whole, then try again. What was there before is untouched.',
  },
  'backup.rehearsal': {
    status: 500,
    title: 'The backup could not be restored in rehearsal.',
    todo: 'Do not rely on it. Make another, to another disk; the one before is still there.',
  },
  'backup.postgres': {
    status: 409,
    title: 'The data of this server is in PostgreSQL, which this does not copy.',
    todo: 'Back up the database with pg_dump or pg_basebackup, and the file vault.db and the key file each to a place of its own; restore them with PostgreSQL’s tools.',
  },
  'backup.not-found': {
    status: 404,
    title: 'The file cannot be read.',
    todo: 'Check its path, and that you may read it.',
  },
  'backup.not-a-backup': {
    status: 422,
    title: 'This file is not a backup of Eaves.',
    todo: 'Name a file that "eaves backup" made.',
  },
  'backup.wrong-kind': {
    status: 422,
    title: 'The two files are exchanged, or one is named twice.',
    todo: 'Name the file that ends in .data with --data and the one that ends in .vault with --vault.',
  },
  'backup.incomplete': {
    status: 422,
    title: 'The backup ends too early: the rest of the file is missing.',
    todo: 'Copy it again from where it was made, or use another. Nothing has been changed.',
  },
  'backup.altered': {
    status: 422,
    title: 'The backup is not what was written.',
    todo: 'Use another copy of it, or another backup. Nothing has been changed.',
  },
  'backup.newer': {
    status: 422,
    title: 'A newer version of Eaves made this backup.',
    todo: 'Restore it with that version or a later one. Nothing has been changed.',
  },
  'backup.other-instance': {
    status: 422,
    title: 'The two backups are of different servers.',
    todo: 'Name a data and a vault backup whose names begin alike. Nothing has been changed.',
  },
  'backup.vault-behind': {
    status: 422,
    title: 'This vault does not know of everything that was erased.',
    todo: 'Use a newer vault backup, or put the file that ends in .erased beside one of the two files. Nothing has been changed.',
  },
  'backup.target': {
    status: 409,
    title: 'There is something already where the restored data would go.',
    todo: 'Name an empty folder with --to, or move away what is there. Nothing has been changed.',
  },
} as const
