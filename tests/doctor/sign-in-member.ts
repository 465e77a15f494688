import { type Browser, browser } from '../support/browser.ts'
import type { Clinic } from './clinic.ts'

/** Signs a member in through the simulated WeCom, as its client would. */
export async function signInMember({ server: { app }, proxy }: Clinic, userId: string): Promise<Browser> {
  const member = browser({ app })
  const authorize = new URL(String((await member.get('/auth/start?next=/console/')).headers.location))
  authorize.searchParams.set('simulator_account', userId)
  const back = await fetch(authorize, { redirect: 'manual' })
  const callback = String(back.headers.get('location')).replace(proxy.url, '')
  const signedIn = await member.get(callback)
  if (signedIn.headers.location !== '/console/')
    throw new Error(`signing ${userId} in ended with ${signedIn.statusCode}`)
  return member
}
