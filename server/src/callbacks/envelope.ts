import { AppError } from '../errors.ts'
import { parseXml, textOf, XmlError } from '../wecom/xml.ts'

export interface Envelope {
  ciphertext: string
  /** The receiving app; absent for the contacts assistant (doc 90930). */
  agentId: string | undefined
}

/** Reads `<xml><ToUserName/><AgentID/><Encrypt/></xml>` in any order (doc 90930). Throws bad_envelope. */
export function readEnvelope(body: string): Envelope {
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
