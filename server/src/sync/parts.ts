import { customersPart } from './customers-part.ts'
import { groupsPart } from './groups-part.ts'
import { guidesPart, tagsPart } from './one-go-parts.ts'
import type { SyncPart } from './part.ts'
import type { PartName } from './part-names.ts'

export const syncParts: Record<PartName, SyncPart> = {
  guides: guidesPart,
  tags: tagsPart,
  customers: customersPart,
  groups: groupsPart,
}
