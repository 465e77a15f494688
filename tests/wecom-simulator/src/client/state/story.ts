import { reactive, ref } from 'vue'
import { onMessage } from './world.ts'

export type Step = 'scan' | 'welcome' | 'enrol' | 'coupon'

/** What a newcomer does first, in this order; ticked off as it happens. */
export const story: { step: Step; text: string; done: boolean }[] = reactive([
  { step: 'scan', text: '点“新顾客扫码”', done: false },
  { step: 'welcome', text: '看欢迎语', done: false },
  { step: 'enrol', text: '在顾客手机上打开邀请，开卡', done: false },
  { step: 'coupon', text: '在侧边栏发一张券', done: false },
])

const SEEN_KEY = 'simulator.story'
export const storyShown = ref(localStorage.getItem(SEEN_KEY) !== 'closed')

export function closeStory(): void {
  storyShown.value = false
  localStorage.setItem(SEEN_KEY, 'closed')
}

export function markStep(step: Step): void {
  const found = story.find((item) => item.step === step)
  if (found) found.done = true
}

export function followStory(): void {
  onMessage((_guide, _chat, message) => {
    if (message.via === 'welcome') markStep('welcome')
    if (message.via === 'sidebar' && message.from === 'guide') markStep('coupon')
  })
}
