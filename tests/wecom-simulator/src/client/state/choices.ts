import { onMounted, shallowRef } from 'vue'
import type { ChoicesView } from '../../control-types.ts'
import { getChoices } from '../api.ts'
import { attempt } from './notices.ts'
import { openChatId, world } from './world.ts'

/** What a menu offers, read when it opens. */
export function useChoices() {
  const choices = shallowRef<ChoicesView>()

  async function read(): Promise<void> {
    choices.value = (await attempt(() => getChoices(world.guide, openChatId.value))) ?? choices.value
  }

  onMounted(read)
  return { choices, read }
}
