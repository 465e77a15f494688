import type { CheckResult, DoctorReport } from '@zhanggui/shared/doctor.ts'
import { consolePage } from '../console/layout.ts'
import { type Html, html } from '../pages/html.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { formatMinute } from '../wording/days.ts'
import { checkTitles } from './doctor.ts'

type Row = Omit<CheckResult, 'status'> & { status: CheckResult['status'] | 'waiting' }

const signs: Record<Row['status'], { sign: string; word: string }> = {
  ok: { sign: '✓', word: '正常' },
  warn: { sign: '!', word: '留意' },
  fail: { sign: '✗', word: '要改' },
  skipped: { sign: '–', word: '没查' },
  waiting: { sign: '·', word: '等着' },
}

export function countsOf(results: readonly CheckResult[]): Record<CheckResult['status'], number> {
  const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length
  return { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') }
}

export function doctorPage(viewer: Viewer, report: DoctorReport | undefined, notice?: string): Html {
  const under = report !== undefined && report.finishedAt === undefined
  return consolePage({
    title: '体检',
    viewer,
    current: '/console/doctor',
    reloads: under,
    body: html`${notice && html`<p class="alert" role="alert">${notice}</p>`}${body(report, under)}`,
  })
}

function body(report: DoctorReport | undefined, under: boolean): Html {
  if (!report)
    return html`<div class="head"><h1>体检</h1>${startButton('开始体检')}</div>
<section class="card"><p class="empty">还没有查过。查一次约几秒,会看设置、数据库、企业微信的权限、回调和后台任务,不对的地方会告诉您去哪里改。</p></section>`
  if (under) return underWay(report)
  return finished(report)
}

function underWay({ results }: DoctorReport): Html {
  const rows = checkTitles.map(
    (check): Row => results.find(({ id }) => id === check.id) ?? { ...check, status: 'waiting', found: '' },
  )
  return html`<div class="head"><h1 role="status">正在查,${results.length} / ${checkTitles.length}</h1></div>${groups(rows)}`
}

function finished({ startedAt, results }: DoctorReport): Html {
  const counts = countsOf(results)
  const of = (status: CheckResult['status']) => results.filter((result) => result.status === status)
  const headline = counts.fail > 0 ? `${counts.fail} 项要改` : '没有要改的'
  return html`<div class="head"><div><h1>${headline}</h1>
<p class="tally"><span>${formatMinute(new Date(startedAt))} 查的</span><span>${counts.ok} 项正常</span>${counts.warn > 0 && html`<span>${counts.warn} 项留意</span>`}${counts.skipped > 0 && html`<span>${counts.skipped} 项没查</span>`}</p></div>
${startButton('再查一次')}</div>
${section('要改的', of('fail'))}
${section('留意', of('warn'))}
${groups(results.filter(({ status }) => status === 'ok' || status === 'skipped'))}`
}

function section(heading: string, rows: readonly Row[]): Html | undefined {
  if (rows.length === 0) return undefined
  return html`<section class="card"><h2>${heading}</h2><ul class="list">${rows.map(row)}</ul></section>`
}

function groups(rows: readonly Row[]): Html {
  const names = [...new Set(rows.map(({ group }) => group))]
  const sections = names.flatMap(
    (name) =>
      section(
        name,
        rows.filter(({ group }) => group === name),
      ) ?? [],
  )
  return html`${sections}`
}

function row({ title, status, found, fix = [] }: Row): Html {
  const { sign, word } = signs[status]
  return html`<li class="check-row ${status}"><span class="sign" aria-hidden="true">${sign}</span>
<span class="title"><span class="away">${word}:</span>${title}</span><span class="found">${found}</span>
${fix.length > 0 && html`<ul class="fix">${fix.map((step) => html`<li>${step}</li>`)}</ul>`}</li>`
}

function startButton(label: string): Html {
  return html`<form method="post" action="/console/doctor"><button class="button">${label}</button></form>`
}
