import { contentOf } from '../actions/chat.ts'
import { note, say } from '../actions/happening.ts'
import type { MessageContent } from '../control-types.ts'
import { readAttachment } from './attachments.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { findFields, findText, getText, listFields, requireBytes } from './parameters.ts'

/** doc 92137 */
const MOST_ATTACHMENTS = 9
const TEXT_BYTES = 4000

/** A refused request leaves the code as it was: the same code may be tried again within its 20 s. */
export function sendWelcome({ context, body, now }: Call) {
  const { world } = context
  const code = getText(body, 'welcome_code', 41049)
  const text = findText(findFields(body, 'text') ?? {}, 'content') ?? ''
  requireBytes('text.content', text, TEXT_BYTES, 45002)
  const attachments = listFields(body, 'attachments')
  if (attachments.length > MOST_ATTACHMENTS) throw new WeComError(41064, 'too many attachments')
  if (!text && attachments.length === 0) throw new WeComError(40063, 'text and attachments are missing')
  const contents: MessageContent[] = attachments.map((attachment) => readAttachment(world, attachment, now))

  const { relation, ageMs } = context.welcomeCodes.use(code)
  relation.welcomed = true
  const from = { from: 'guide', via: 'welcome', seenBy: 'both' } as const
  if (text) say(context, relation.guide, relation.customer, { kind: 'text', text, ...from })
  for (const content of contents) {
    say(context, relation.guide, relation.customer, { ...contentOf(context, content), ...from })
  }
  note(context, relation.guide, relation.customer, 'guide', `欢迎语 ${(ageMs / 1000).toFixed(1)} 秒送达`)
  return {}
}
