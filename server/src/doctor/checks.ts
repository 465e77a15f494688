import type { Check } from './check.ts'
import { failedJobs, jobLag, syncFreshness, worker } from './checks/background-checks.ts'
import { database, databaseVersion, migrations } from './checks/database-checks.ts'
import { agentTicket, corpTicket, mediaUpload, signature, trustedDomain } from './checks/page-checks.ts'
import { customerContact, followUsers, hqUsers, visibleRange } from './checks/people-checks.ts'
import { callback, callbackPost, contactsCallback, domainProof, localServer } from './checks/public-checks.ts'
import { callbackKeys, openApiKeys, ownSecrets } from './checks/strength-checks.ts'
import { agent, clockSkew, reachable, token, trustedIp } from './checks/wecom-checks.ts'

/** Everything the doctor looks at, in the order it is shown; before all of it come the settings themselves. */
export const checks: readonly Check[] = [
  ownSecrets,
  callbackKeys,
  openApiKeys,

  database,
  databaseVersion,
  migrations,

  reachable,
  clockSkew,
  token,
  trustedIp,
  agent,
  visibleRange,
  hqUsers,
  customerContact,
  followUsers,
  agentTicket,
  corpTicket,
  signature,
  trustedDomain,
  mediaUpload,

  localServer,
  callback,
  callbackPost,
  contactsCallback,
  domainProof,

  worker,
  jobLag,
  failedJobs,
  syncFreshness,
]
