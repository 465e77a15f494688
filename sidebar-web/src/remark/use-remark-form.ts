import type { RemarkView } from '@zhanggui/shared/remark.ts'
import { computed, ref, shallowRef } from 'vue'
import { ApiError } from '../api/api-error.ts'
import { problemWords } from '../api/problem-words.ts'
import { getRemark, putRemark } from './remark-api.ts'
import { changeOf, isSendable, mergeNews, type RemarkDraft, type TextField, toDraft } from './remark-draft.ts'

/** The form over what WeCom holds. What changed there in the meantime takes its place, and the guide is told. */
export function useRemarkForm(externalUserId: string) {
  const seen = shallowRef<RemarkView>()
  const draft = ref<RemarkDraft>()
  const loadError = shallowRef<unknown>()
  const saving = ref(false)
  const trouble = ref<string>()
  const mine = ref<Partial<Record<TextField, string>>>({})
  const changed = computed(() => seen.value && draft.value && changeOf(seen.value, draft.value))
  const canSave = computed(() => !saving.value && draft.value !== undefined && isSendable(draft.value))

  async function load(): Promise<void> {
    loadError.value = undefined
    try {
      seen.value = await getRemark(externalUserId)
      draft.value = toDraft(seen.value)
    } catch (error) {
      loadError.value = error
    }
  }

  /** What WeCom has now; undefined when it was not saved. */
  async function save(): Promise<RemarkView | undefined> {
    if (!canSave.value || !seen.value) return undefined
    if (!changed.value) return seen.value
    saving.value = true
    trouble.value = undefined
    try {
      return await putRemark(externalUserId, changed.value)
    } catch (error) {
      if (error instanceof ApiError && error.code === 'remark_changed') await showNews()
      else trouble.value = troubleWords(error)
      return undefined
    } finally {
      saving.value = false
    }
  }

  async function showNews(): Promise<void> {
    try {
      const now = await getRemark(externalUserId)
      if (!seen.value || !draft.value) return
      const merged = mergeNews(seen.value, now, draft.value)
      seen.value = now
      draft.value = merged.draft
      mine.value = merged.mine
      trouble.value = merged.phonesChanged
        ? '企业微信里刚刚改过电话,已换成新的,看一眼再保存'
        : '企业微信里刚刚改过,已换成新的,看一眼再保存'
    } catch (error) {
      trouble.value = troubleWords(error)
    }
  }

  function takeMine(field: TextField): void {
    const text = mine.value[field]
    if (draft.value === undefined || text === undefined) return
    draft.value[field] = text
    delete mine.value[field]
  }

  load()
  return { seen, draft, loadError, saving, trouble, mine, canSave, load, save, takeMine }
}

function troubleWords(error: unknown): string {
  if (error instanceof ApiError && error.code === 'write_refused' && error.detail) return `没有保存:${error.detail}`
  const { what, next } = problemWords(error)
  return `没有保存:${what}。${next}`
}
