import type { Deps } from '../deps.ts'
import type { WecomError } from '../wecom/errors.ts'
import { explainRefusal } from '../wecom/refusals.ts'
import { raiseAlert } from './raise-alert.ts'

/** WeCom wants something set right by an admin: one alert an errcode, whichever calls meet it. */
export async function raiseRefusal(deps: Pick<Deps, 'db' | 'clock'>, error: WecomError): Promise<void> {
  const { endpoint, errcode, callerIp } = error
  if (errcode === undefined) return
  const { says, fix } = explainRefusal(errcode, callerIp)
  await raiseAlert(deps, {
    kind: 'wecom_refused',
    subject: String(errcode),
    detail: `${says}(${endpoint} 返回 ${errcode})。${fix}`,
  })
}
