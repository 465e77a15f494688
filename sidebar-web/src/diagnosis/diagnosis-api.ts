import type { Diagnosis, DiagnosisQuery } from '@zhanggui/shared/diagnosis.ts'

/** Not by the ordinary request: where nobody is signed in, this says so instead of leaving for the sign-in. */
export async function askDiagnosis(query: DiagnosisQuery): Promise<Diagnosis | string> {
  try {
    const asked = new URLSearchParams(query)
    const response = await fetch(`/api/diagnosis?${asked}`, { credentials: 'same-origin' })
    if (response.ok) return await response.json()
    const { code = '' } = await response.json().catch(() => ({}))
    return `${response.status} ${code}`.trim()
  } catch (cause) {
    return cause instanceof Error ? cause.message : '没有回应'
  }
}
