import type { TagPalette } from '@zhanggui/shared/tag.ts'
import type { Ref } from 'vue'
import { makeMemory } from '../loading/memory.ts'
import { useLoaded } from '../loading/use-loaded.ts'
import { useMore } from '../loading/use-more.ts'
import { getPalette, palettePath } from './tag-api.ts'

const memory = makeMemory<TagPalette>()

/** The tags there are; with a query, those that match. */
export function usePalette(query: Readonly<Ref<string>>) {
  const palette = useLoaded<TagPalette>({
    key: () => palettePath(query.value),
    load: (signal) => getPalette(palettePath(query.value), signal),
    memory,
  })
  const next = useMore(
    palette,
    (cursor) => getPalette(palettePath(query.value, cursor)),
    (shown, more) => ({ ...more, recent: shown.recent, tags: [...shown.tags, ...more.tags] }),
  )
  return { palette, next }
}
