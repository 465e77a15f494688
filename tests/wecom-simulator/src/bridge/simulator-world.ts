import type { Simulator } from '../simulator-types.ts'
import type { BridgeWorld } from './world.ts'

/** The corp the simulated client is signed in to, as the cloud half keeps it. */
export function simulatorWorld(simulator: Simulator, trustedOrigin: () => string | undefined): BridgeWorld {
  return {
    get corpId() {
      return simulator.settings.corpId
    },
    get agentId() {
      return simulator.settings.agentId
    },
    isTrusted: (href) => URL.canParse(href) && new URL(href).origin === trustedOrigin(),
    seesApp: (guide) => simulator.world.members.get(guide.toLowerCase())?.follows ?? false,
    checkSignature: (kind, signed) => simulator.checkJsSdkSignature({ kind, ...signed }),
    findMedia: (mediaId, kind) => simulator.findMedia(mediaId)?.type === kind,
  }
}
