// The bridge that WeCom's client gives to a web page, for @wecom/jssdk. Loaded before the first script of the app, by
// the app's own origin, so that a strict content security policy lets it in.
;(function () {
  const folder = '/__wecom/'
  const client = 'wxwork/4.1.36 MicroMessenger/7.0.1'
  const agent = navigator.userAgent.includes('wxwork/') ? navigator.userAgent : `${navigator.userAgent} ${client}`
  Object.defineProperty(navigator, 'userAgent', { configurable: true, get: () => agent })
  const isIos = /\b(iPhone|iPad|iPod)\b/.test(agent)
  const listeners = {}

  // A web view keeps what its page stores. The phone frame is a third party, to which browsers may refuse storage: then
  // it is kept in the name of the frame, which outlives the pages in it, on the way to sign in and back too.
  function isRefused(kind) {
    try {
      return !window[kind]
    } catch {
      return true
    }
  }
  function inFrameName(kind) {
    const whole = () => (window.name.startsWith('{') ? JSON.parse(window.name) : {})
    const kept = () => whole()[kind] || {}
    const keep = (entries) => {
      window.name = JSON.stringify({ ...whole(), [kind]: entries })
    }
    return {
      getItem: (key) => (Object.hasOwn(kept(), key) ? kept()[key] : null),
      setItem: (key, value) => keep({ ...kept(), [key]: String(value) }),
      removeItem: (key) => keep(Object.fromEntries(Object.entries(kept()).filter(([each]) => each !== key))),
      clear: () => keep({}),
      key: (index) => Object.keys(kept())[index] || null,
      get length() {
        return Object.keys(kept()).length
      },
    }
  }
  for (const kind of ['localStorage', 'sessionStorage']) {
    if (isRefused(kind)) Object.defineProperty(window, kind, { configurable: true, value: inFrameName(kind) })
  }

  async function ask(name, body) {
    const response = await fetch(folder + name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.json()
  }

  // The bridge reports { err_msg: 'name:ok' }, with what was asked for beside it.
  function invoke(name, params, callback) {
    void ask(name, { ...params, pageUrl: location.href.split('#')[0] })
      .catch(() => ({ errMsg: 'fail' }))
      .then(({ errMsg = 'ok', errCode, ...result }) => {
        const { resultStr } = result
        // Only on iOS the scanned text comes wrapped up.
        if (isIos && resultStr) result.resultStr = JSON.stringify({ scan_code: { scan_result: resultStr } })
        const answer = { ...result, err_msg: `${name}:${errMsg}`, ...(errCode !== undefined && { err_code: errCode }) }
        if (callback) callback(answer)
      })
  }

  window.WeixinJSBridge = {
    invoke: (name, params, callback) => invoke(name, params || {}, callback),
    call: (name, params) => invoke(name, params || {}),
    on: (name, callback) => {
      listeners[name] = callback
    },
  }

  // The arrow of the title bar stands outside the page: a listener may keep the page, by answering false.
  window.addEventListener('message', (event) => {
    if (!event.data || event.data.wecom !== 'back') return
    const keep = listeners.historyBack && listeners.historyBack() === false
    if (!keep) history.back()
  })

  // The title bar shows the title of the page.
  let told = ''
  function tellTitle() {
    if (document.title === told) return
    told = document.title
    void ask('title', { title: told }).catch(() => undefined)
  }
  document.addEventListener('DOMContentLoaded', () => {
    tellTitle()
    new MutationObserver(tellTitle).observe(document.head, { childList: true, subtree: true, characterData: true })
    document.dispatchEvent(new Event('WeixinJSBridgeReady'))
  })
})()
