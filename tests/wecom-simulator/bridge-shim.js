/*
 * The bridge of the simulated WeCom: a classic script that runs before the page's own module.
 * It stands where the native client puts WeixinJSBridge and asks the page around it for every answer.
 * Only the simulator's WebView serves it; the product never contains it.
 */
;(() => {
  const host = document.currentScript.dataset.simulator
  const setup = readSetup()
  // Opened in an ordinary tab there is no client around the page.
  if (window.parent === window || !setup) return

  // The SDK reads it once, when its module is evaluated.
  Object.defineProperty(navigator, 'userAgent', { get: () => setup.userAgent, configurable: true })

  const page = crypto.getRandomValues(new Uint32Array(3)).join('-')
  const waiting = new Map()
  const listeners = new Map()
  let calls = 0

  const bridge = {
    invoke(name, params, callback) {
      const id = ++calls
      waiting.set(id, callback)
      // The round trip drops success, fail and the other functions, as the native bridge does.
      const plain = JSON.parse(JSON.stringify(params || {}))
      const href = location.href.split('#')[0]
      window.parent.postMessage({ wecomCall: id, page, name, params: plain, href }, host)
    },
    on(name, callback) {
      listeners.set(name, callback)
    },
  }

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== host) return
    const { wecomReply, answer, wecomEvent, detail } = event.data || {}
    if (wecomReply && event.data.page === page) {
      const callback = waiting.get(wecomReply)
      waiting.delete(wecomReply)
      if (callback) callback(answer)
    } else if (wecomEvent === 'focus') {
      // Coming back to the conversation: clients have no event of their own for it.
      window.dispatchEvent(new Event('focus'))
    } else if (listeners.has(wecomEvent)) {
      listeners.get(wecomEvent)(detail)
    }
  })

  if (setup.lateInjection) window.addEventListener('load', () => setTimeout(install, 500))
  else install()

  function install() {
    window.WeixinJSBridge = bridge
    document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  }

  /** The page around gives it as the frame's name, which outlives the redirects of the sign-in. */
  function readSetup() {
    try {
      return JSON.parse(window.name).wecomClient
    } catch {
      return undefined
    }
  }
})()
