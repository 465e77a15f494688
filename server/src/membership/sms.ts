import { request } from 'undici'
import { AppError } from '../errors.ts'

/** Brings a verification code to a phone. */
export interface Sms {
  send(phone: string, code: string): Promise<void>
}

/** The gateway of SMS_URL: `POST {phone, code}` with a bearer token; anything but 2xx is a failure. */
export function httpSms({ url, token }: { url: string; token: string }): Sms {
  return {
    async send(phone, code) {
      const answer = await request(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ phone, code }),
        headersTimeout: 5_000,
        bodyTimeout: 5_000,
      })
      await answer.body.dump()
      if (answer.statusCode < 200 || answer.statusCode > 299)
        throw new AppError('unavailable', { detail: `the SMS gateway answered ${answer.statusCode}` })
    },
  }
}
