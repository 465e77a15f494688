import { identityFor } from './apis.ts'
import type { BridgeCall } from './bridge-types.ts'

interface Grant {
  corp: boolean
  agent: boolean
  /** Every list that was granted to this URL of this page. */
  names: Set<string>
}

type Permission = 'granted' | 'no permission' | 'the permission value is offline verifying'

/** What each loaded page may call. A page is forgotten when many newer ones were opened. */
export interface Grants {
  grant(call: BridgeCall, identity: 'corp' | 'agent', names: readonly string[]): void
  corpVerified(call: BridgeCall): boolean
  permissionFor(call: BridgeCall): Permission
}

const PAGES_KEPT = 50

export function createGrants(): Grants {
  const grants = new Map<string, Grant>()
  // A configuration holds for the URL it was signed for; after pushState the SDK signs anew.
  const keyOf = ({ page, href }: BridgeCall) => `${page} ${href}`

  return {
    grant(call, identity, names) {
      const grant = grants.get(keyOf(call)) ?? { corp: false, agent: false, names: new Set() }
      grant[identity] = true
      for (const name of names) grant.names.add(name)
      grants.set(keyOf(call), grant)
      const [oldest] = grants.keys()
      if (grants.size > PAGES_KEPT && oldest) grants.delete(oldest)
    },
    corpVerified: (call) => grants.get(keyOf(call))?.corp ?? false,
    permissionFor(call) {
      const identity = identityFor(call.name)
      if (identity === 'none') return 'granted'
      const grant = grants.get(keyOf(call))
      if (!grant || (identity === 'agent' && !grant.agent)) return 'no permission'
      return grant.names.has(call.name) ? 'granted' : 'the permission value is offline verifying'
    },
  }
}
