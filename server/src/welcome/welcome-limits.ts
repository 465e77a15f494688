import type { WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'

interface Limited {
  path: string
  text: string | undefined
  /** Bytes in UTF-8. */
  limit: number
}

/** The first text of a rule that WeCom would find too long (doc 92137), or undefined. */
export function findTooLong(rule: WelcomeRuleRecord): { path: string; limit: number } | undefined {
  return limitedTexts(rule).find(({ text, limit }) => text !== undefined && Buffer.byteLength(text) > limit)
}

function limitedTexts({ text, memberText, attachments = [] }: WelcomeRuleRecord): Limited[] {
  return [
    { path: '/text', text, limit: 4000 },
    { path: '/memberText', text: memberText, limit: 4000 },
    ...attachments.flatMap((attachment, index): Limited[] => {
      const path = `/attachments/${index}/${attachment.msgtype}`
      if (attachment.msgtype === 'miniprogram')
        return [{ path: `${path}/title`, text: attachment.miniprogram.title, limit: 64 }]
      if (attachment.msgtype !== 'link') return []
      return [
        { path: `${path}/title`, text: attachment.link.title, limit: 128 },
        { path: `${path}/desc`, text: attachment.link.desc, limit: 512 },
      ]
    }),
  ]
}
