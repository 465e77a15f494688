import { type Html, html } from '../pages/html.ts'
import { type Host, hostHeader, noticePage, page } from '../pages/layout.ts'
import { consentWordings } from './consent.ts'
import type { Faults, Field, JoinForm } from './join-form.ts'

interface FormPage {
  token: string
  host: Host
  form: JoinForm
  faults?: Faults
  takesPhone: boolean
  /** A code went out just now. */
  sent?: boolean
  /** YYYY-MM-DD */
  today: string
}

/**
 * The whole of joining on one page. What was typed stays, whatever went wrong. The keyboard's enter presses the first
 * button of a form, which therefore must not be the one that sends a code.
 */
export function joinFormPage({ token, host, form, faults = {}, takesPhone, sent = false, today }: FormPage): Html {
  return page({
    title: '开会员卡',
    body: html`${hostHeader(host)}
<section class="lead"><h1>邀请您开一张会员卡</h1>
<ul class="plain"><li>消费累计积分,等级和礼遇一起升</li><li>生日月的心意,专属优惠先知道</li><li>挑款、预留、售后,${host.name ?? '您的导购'}都能帮您查</li></ul></section>
<form class="card" method="post" action="/join/${token}"><button class="away" tabindex="-1" aria-hidden="true"></button>
${Object.keys(faults).length > 0 && html`<p class="alert" role="alert">还差一点,请看下面标红的地方。</p>`}
<div class="field"><label for="name">怎么称呼您</label>
<input id="name" name="name" type="text" value="${form.name}" autocomplete="name" maxlength="30" required ${invalid('name', faults)}>${says('name', faults)}</div>
${takesPhone && phoneFields(token, form, faults, sent)}
<div class="field"><label for="birthday">生日 <span class="small">选填</span></label>
<input id="birthday" name="birthday" type="date" value="${form.birthday}" min="1900-01-01" max="${today}" autocomplete="bday" ${invalid('birthday', faults)}>${says('birthday', faults)}</div>
<fieldset><legend class="label">请您确认</legend>
${consentWordings.map(
  ({ purpose, title, text, required }) => html`<label class="check"><input type="checkbox" name="${purpose}" value="on"
${form.consents.includes(purpose) && html`checked`} ${required && html`required`}><span><b>${title}</b>${required ? '(必选)' : '(可不选)'} ${text}</span></label>`,
)}
${says('consents', faults)}</fieldset>
<button class="button">开卡</button>
<p class="small">信息只用于上面您同意的用途${takesPhone && ',手机号加密保存'}。想查看、更正、删除或收回同意,随时在微信里告诉${host.name ?? '您的导购'}。</p>
</form>`,
  })
}

/** The way back into this form is the same form: asking for a code keeps what was typed. */
function phoneFields(token: string, form: JoinForm, faults: Faults, sent: boolean): Html {
  return html`<div class="field"><label for="phone">手机号 <span class="small">选填,可找回以前的会员和消费</span></label>
<div class="pair"><input id="phone" name="phone" type="tel" value="${form.phone}" inputmode="tel" autocomplete="tel-national" maxlength="20" ${invalid('phone', faults)}>
<button class="button quiet" formaction="/join/${token}/code" formnovalidate>获取验证码</button></div>${says('phone', faults)}
${sent && html`<p class="notice" role="status">验证码已发出,5 分钟内有效。没收到可以一分钟后再取。</p>`}</div>
<div class="field"><label for="code">验证码 <span class="small">短信里的 6 位数字</span></label>
<input id="code" name="code" type="text" value="${form.code}" inputmode="numeric" autocomplete="one-time-code" maxlength="6" ${sent && html`autofocus`} ${invalid('code', faults)}>${says('code', faults)}</div>`
}

function invalid(field: Field, faults: Faults): Html | undefined {
  return faults[field] ? html`aria-invalid="true" aria-describedby="${field}-says"` : undefined
}

function says(field: Field, faults: Faults): Html | undefined {
  return faults[field] ? html`<p class="error" id="${field}-says">${faults[field]}</p>` : undefined
}

export function unknownInvitationPage(): Html {
  return noticePage({
    title: '这个邀请打不开',
    says: '链接可能没有复制完整。请回到聊天里重新点开,或请您的导购再发一次。',
  })
}

export function expiredInvitationPage(host: Host): Html {
  return noticePage({
    title: '这个邀请已经过期',
    says: `邀请 30 天内有效。请在微信里让${host.name ?? '您的导购'}再发一个,打开就能开卡。`,
    host,
  })
}
