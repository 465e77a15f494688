import './theme/tokens.css'
import './theme/base.css'
import { openChat } from './chat/open-chat.ts'
import { followColorScheme } from './theme/color-scheme.ts'
import { ignoreSdkRejections } from './wecom/rejections.ts'

followColorScheme()
ignoreSdkRejections()

// WeCom and the customer's data are under way while the screen is still being fetched.
const opening = openChat()
opening.catch(() => {}) // shown by the screen, once there is one

import('./mount.ts').then(({ mount }) => mount(opening), sayThatLoadingFailed)

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
