import { copyThroughWeCom, inWeCom } from '../wecom/wecom.ts'

/** True when the text is on the clipboard; false leaves it to the guide to select it by hand. */
export async function copyText(text: string): Promise<boolean> {
  const ways = [() => navigator.clipboard.writeText(text)]
  if (inWeCom) ways.unshift(() => copyThroughWeCom(text))
  for (const way of ways) {
    try {
      await way()
      return true
    } catch {
      // the next way may do
    }
  }
  return false
}
