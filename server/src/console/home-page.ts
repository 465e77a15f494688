import type { DoctorReport } from '@zhanggui/shared/doctor.ts'
import { alertRow } from '../alerts/alert-pages.ts'
import type { OpenAlert } from '../alerts/alerts.repository.ts'
import { countsOf } from '../doctor/doctor-page.ts'
import { type Html, html } from '../pages/html.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { formatMinute } from '../wording/days.ts'
import { consolePage } from './layout.ts'

interface Overview {
  viewer: Viewer
  alerts: readonly OpenAlert[]
  report: DoctorReport | undefined
  failures: number
}

export function hqHomePage({ viewer, alerts, report, failures }: Overview): Html {
  return consolePage({
    title: '控制台',
    viewer,
    current: '/console/',
    body: html`<h1>要处理的</h1>
<section class="card">
${
  alerts.length > 0
    ? html`<ul class="list">${alerts.map((alert) => alertRow(alert))}</ul>`
    : html`<p class="empty">没有要处理的。企业微信或后台出了事,会出现在这里,也会发到总部的企业微信。</p>`
}</section>
<div class="links">
<a href="/console/doctor"><b>体检</b><span class="small">${doctorLine(report)}</span></a>
<a href="/console/failed-jobs"><b>没做成的任务</b><span class="small">${failures === 0 ? '没有' : `${failures} 个等人看`}</span></a>
<a href="/console/alerts"><b>提醒</b><span class="small">现在和以前的</span></a>
</div>`,
  })
}

function doctorLine(report: DoctorReport | undefined): string {
  if (!report) return '设置、企业微信、回调,一次看全'
  const { fail } = countsOf(report.results)
  return `${formatMinute(new Date(report.startedAt))},${fail > 0 ? `${fail} 项要改` : '没有要改的'}`
}

export function managerHomePage(viewer: Viewer): Html {
  return consolePage({
    title: '控制台',
    viewer,
    body: html`<section class="card lead"><h1>${viewer.storeName ?? '门店'}</h1>
<p>店长要用的都在聊天侧边栏里:在企业微信打开一个客户的聊天,点右边的掌柜。</p>
<p><a class="back" href="/sidebar/">打开侧边栏</a></p></section>`,
  })
}
