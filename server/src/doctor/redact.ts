import type { Config } from '../config.ts'

/** Shorter ones would hit ordinary words. */
const SHORTEST = 8

/** Everything in the settings that must not be shown. */
export function secretsOf(config: Config): string[] {
  const { callbackKeys, contactsCallbackKeys, sms } = config
  return [
    config.wecom.agentSecret,
    callbackKeys.token,
    callbackKeys.aesKey,
    ...(contactsCallbackKeys ? [contactsCallbackKeys.token, contactsCallbackKeys.aesKey] : []),
    ...config.sessionSecrets,
    config.dataKey.toString('base64'),
    ...config.openApiKeys.map(({ key }) => key),
    ...(sms ? [sms.token] : []),
    ...passwordIn(config.databaseUrl),
  ]
}

function passwordIn(url: string | undefined): string[] {
  const encoded = /^[a-z]+:\/\/[^/@]*?:([^@]*)@/.exec(url ?? '')?.[1]
  if (encoded === undefined) return []
  try {
    return [encoded, decodeURIComponent(encoded)]
  } catch {
    return [encoded]
  }
}

/** The last door before a screen: whatever an error message drags along, no secret leaves. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, secret) => shown.replaceAll(secret, '●●●'), text)
}
