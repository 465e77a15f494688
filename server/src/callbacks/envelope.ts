import { AppError } from '../errors.ts'
import { parseXml, textOf, XmlError } from '../wecom/xml.ts'

export interface Envelope {
  ciphertext: string
  /** The receiving app; absent for the contacts assistant (doc 90930). */
  agentId: string | undefined
}

/** The envelope as WeCom writes it: these elements, in any order, nothing else. */
const USUAL = /^<xml>(?:\s*<(ToUserName|AgentID|Encrypt)><!\[CDATA\[[^\]<>]*\]\]><\/\1>){2,3}\s*<\/xml>\s*$/
const ENCRYPT = /<Encrypt><!\[CDATA\[([^\]]*)/
const AGENT = /<AgentID><!\[CDATA\[([^\]]*)/

/**
 * The usual envelope without a parser, which would cost more than the decryption. Nothing of it is trusted before its
 * signature holds; any other spelling is the parser's.
 */
function readUsualEnvelope(body: string): Envelope | undefined {
  if (!USUAL.test(body)) return undefined
  const parts = body.split('<Encrypt>')
  const ciphertext = ENCRYPT.exec(body)?.[1]
  return parts.length === 2 && ciphertext ? { ciphertext, agentId: AGENT.exec(body)?.[1] || undefined } : undefined
}

/** Reads `<xml><ToUserName/><AgentID/><Encrypt/></xml>` in any order (doc 90930). Throws bad_envelope. */
export function readEnvelope(body: string): Envelope {
  const usual = readUsualEnvelope(body)
  if (usual) return usual
  try {
    const xml = parseXml(body)
    const ciphertext = textOf(xml, 'Encrypt')?.trim()
    if (!ciphertext || (xml.Encrypt?.length ?? 0) > 1)
      throw new AppError('bad_envelope', { detail: 'one Encrypt is needed' })
    return { ciphertext, agentId: textOf(xml, 'AgentID')?.trim() }
  } catch (cause) {
    if (cause instanceof XmlError) throw new AppError('bad_envelope', { detail: cause.message, cause })
    throw cause
  }
}
