import { spawnSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'

/** Whom the server runs as. Undefined where it is needed means: as whoever we are. */
export interface Account {
  name: string
  uid: number
  gid: number
}

const PREFERRED = ['postgres', '_postgres', 'nobody', 'daemon']

/** Postgres refuses to run as root, so root lends it to somebody without rights: the owner of the data, if there is one. */
export async function serverAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }

  const known = parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''))
  for (const name of PREFERRED) {
    const account = known.find((candidate) => candidate.name === name)
    if (account) return account
  }
  throw new Error(
    `Postgres does not run as root, and none of the users ${PREFERRED.join(', ')} exists here. ` +
      'Start as an ordinary user, or set DATABASE_URL.',
  )
}

function parsePasswd(text: string): Account[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0)
}

/** Asks the system instead of reading modes, so that ACLs and mounts count too. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true
  const { uid, gid } = account
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0
}
