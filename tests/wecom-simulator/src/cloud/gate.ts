import { WeComError } from './errors.ts'

export type Gate = ReturnType<typeof createGate>

/** What the corp's admin has set up wrongly; it stays so until somebody puts it right. */
export function createGate() {
  const refusals = new Map<string, number>()
  let trustedIp = true
  let customerContact = true
  let lowActivity = false
  return {
    setTrustedIp(trusted: boolean) {
      trustedIp = trusted
    },
    setCustomerContact(allowed: boolean) {
      customerContact = allowed
    },
    setLowActivity(low: boolean) {
      lowActivity = low
    },
    /** 0 lets calls through again. */
    refuse(endpoint: string, errcode: number) {
      refusals.set(endpoint, errcode)
    },
    /** gettoken is answered to any IP: only the calls it leads to are refused (doc 90313). */
    check(endpoint: string) {
      const errcode = refusals.get(endpoint)
      if (errcode) throw new WeComError(errcode, 'refused by the simulator')
      if (endpoint === 'gettoken') return
      if (!trustedIp) throw new WeComError(60020, 'not allow to access from your ip')
      if (!endpoint.startsWith('externalcontact/')) return
      if (!customerContact) throw new WeComError(48002, 'api forbidden')
      if (lowActivity) throw new WeComError(48011, 'member activity too low')
    },
  }
}
