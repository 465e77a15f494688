import type { FailedJobPage } from '@zhanggui/shared/failed-job.ts'
import { consolePage } from '../console/layout.ts'
import { type Html, html } from '../pages/html.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { formatMinute } from '../wording/days.ts'

type Failure = FailedJobPage['failedJobs'][number]

const outcomes: Record<Failure['outcome'], string> = {
  dropped: '这个人或标签够不着了',
  final: '企业微信不接受',
  alert: '企业微信的设置要改',
  exhausted: '试了很多次都没成',
}

export function failedJobsPage(viewer: Viewer, { failedJobs, nextCursor }: FailedJobPage, notice?: string): Html {
  return consolePage({
    title: '没做成的任务',
    viewer,
    current: '/console/failed-jobs',
    body: html`${notice && html`<p class="alert" role="alert">${notice}</p>`}<h1>没做成的任务</h1>
<section class="card">${
      failedJobs.length > 0
        ? html`<ul class="list">${failedJobs.map(row)}</ul>`
        : html`<p class="empty">没有。做不成的任务会留在这里,原因修好以后可以再试。</p>`
    }</section>
${nextCursor && html`<p><a class="back" href="/console/failed-jobs?cursor=${nextCursor}">更早的</a></p>`}`,
  })
}

function row({ id, task, outcome, reason, errcode, attempts, failedAt, event }: Failure): Html {
  return html`<li><div class="row"><div><span class="title">${outcomes[outcome]}</span>
<span class="small">${formatMinute(new Date(failedAt))},试过 ${attempts} 次${errcode !== undefined && `,错误码 ${errcode}`}</span>
<details><summary>详情</summary><p class="small">${task}${event !== undefined && ` · ${event}`}</p><p class="small">${reason}</p></details></div>
<form method="post" action="/console/failed-jobs/${id}/replay"><button class="button quiet" aria-label="再试一次:${task} ${id}">再试一次</button></form></div></li>`
}
