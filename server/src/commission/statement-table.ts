import { shanghaiDay } from '../wording/days.ts'
import type { ExplainedEntry } from './statement.repository.ts'

export interface Column {
  title: string
  /** Money in yuan, so that a spreadsheet adds it up. */
  value(entry: ExplainedEntry): string | number
  kind: 'text' | 'yuan' | 'percent' | 'number'
  /** In characters. */
  width: number
}

const credits = { sales: '销售单', service: '服务单' }
const kinds = { earn: '计提', reversal: '冲销', correction: '更正' }
const states = { pending: '待确认', confirmed: '已确认', settled: '已结算' }

/** What finance reads of an entry: enough to work each fen out again. */
export const statementColumns: readonly Column[] = [
  { title: '导购账号', kind: 'text', width: 16, value: ({ guideId }) => guideId },
  { title: '姓名', kind: 'text', width: 12, value: ({ guideName }) => guideName ?? '' },
  { title: '归属', kind: 'text', width: 8, value: ({ credit }) => credits[credit] },
  { title: '订单号', kind: 'text', width: 24, value: ({ orderId }) => orderId },
  { title: '下单日期', kind: 'text', width: 12, value: ({ placedAt }) => shanghaiDay(placedAt) },
  { title: '发生日期', kind: 'text', width: 12, value: ({ occurredAt }) => shanghaiDay(occurredAt) },
  { title: '事项', kind: 'text', width: 8, value: ({ kind }) => kinds[kind] },
  { title: '退款单号', kind: 'text', width: 24, value: ({ refundId }) => refundId ?? '' },
  { title: '计佣金额(元)', kind: 'yuan', width: 14, value: ({ base }) => base / 100 },
  { title: '比例', kind: 'percent', width: 8, value: ({ rate }) => rate / 10_000 },
  { title: '规则', kind: 'text', width: 16, value: ({ ruleId }) => ruleId },
  { title: '规则版本', kind: 'number', width: 10, value: ({ ruleVersion }) => ruleVersion },
  { title: '佣金(元)', kind: 'yuan', width: 12, value: ({ amount }) => amount / 100 },
  { title: '状态', kind: 'text', width: 10, value: ({ state }) => states[state] },
]
