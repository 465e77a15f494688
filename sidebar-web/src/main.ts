import './theme/tokens.css'
import './theme/base.css'
import { openChat } from './chat/open-chat.ts'
import { followColorScheme } from './theme/color-scheme.ts'
import { ignoreSdkRejections } from './wecom/rejections.ts'

followColorScheme()
ignoreSdkRejections()

/** The first customer is asked for before the screen, which keeps the processor busy for a while, is run. */
const HEAD_START_MS = 300

const opening = openChat()
const asked = opening.then(
  () => {},
  () => {}, // shown by the screen, once there is one
)
const headStart = new Promise<void>((resolve) => setTimeout(resolve, HEAD_START_MS))

Promise.race([asked, headStart])
  .then(() => import('./mount.ts'))
  .then(({ mount }) => mount(opening), sayThatLoadingFailed)

function sayThatLoadingFailed(): void {
  const notice = document.createElement('main')
  notice.className = 'page'
  const text = document.createElement('p')
  text.textContent = '页面没有加载完,可能是网络断了一下。'
  const button = document.createElement('button')
  button.className = 'btn'
  button.textContent = '重新打开'
  button.onclick = () => location.reload()
  notice.append(text, button)
  document.getElementById('app')?.replaceChildren(notice)
}
