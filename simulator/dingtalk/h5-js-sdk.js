// The globals that DingTalk's client gives to a web app. Loaded before the first script of the app, by the app's own
// origin, so that a strict content security policy lets it in.
;(function () {
  const folder = '/__dingtalk/'
  const client = 'iPhone AliApp(DingTalk/7.6.60) com.laiwang.DingTalk'
  const agent = navigator.userAgent.includes('DingTalk/') ? navigator.userAgent : `${navigator.userAgent} ${client}`
  Object.defineProperty(navigator, 'userAgent', { configurable: true, get: () => agent })
  // The page that was opened: an app that changes its address without loading anew may have signed this one.
  const entryUrl = location.href.split('#')[0]

  async function ask(name, params) {
    const response = await fetch(folder + name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...plain(params), url: params.url || location.href.split('#')[0], entryUrl }),
    })
    return response.json()
  }

  function plain(params) {
    return Object.fromEntries(Object.entries(params).filter(([, value]) => typeof value !== 'function'))
  }

  // What needs nobody but the page itself.
  const here = {
    'biz.navigation.goBack': () => history.back(),
    'biz.navigation.setLeft': () => {},
    'biz.navigation.setRight': () => {},
    'biz.util.openLink': ({ url }) => {
      location.href = url
    },
    'device.notification.alert': ({ title, message }) => window.alert([title, message].filter(Boolean).join('\n')),
    'device.notification.confirm': ({ title, message }) => ({
      buttonIndex: window.confirm([title, message].filter(Boolean).join('\n')) ? 0 : 1,
    }),
    'ui.webViewBounce.disable': () => {},
    'biz.clipboardData.setData': ({ text }) => navigator.clipboard.writeText(text),
    'device.base.getPhoneInfo': () => ({ screenWidth: innerWidth, screenHeight: innerHeight, brand: 'iPhone' }),
  }

  /** Answers as the client's bridge does: `{ errorCode: '0', result }`, or another code with its words. */
  async function bridge(name, params) {
    try {
      if (Object.hasOwn(here, name)) return { errorCode: '0', result: (await here[name](params)) || {} }
      const answer = await ask(name, params)
      // The older picker hands over a bare list.
      if (answer.result && name === 'biz.contact.choose') return { ...answer, result: answer.result.list }
      return answer
    } catch {
      return { errorCode: '3', errorMessage: 'the client does not know this, or is not reachable' }
    }
  }

  // Callbacks are named `success, fail, complete` or, by older pages, `onSuccess, onFail`; there is a promise as well.
  function call(name, options = {}, read = (result) => result) {
    const answered = bridge(name, options).then((answer) => {
      const failed = answer.errorCode !== '0'
      const failure = { errorCode: answer.errorCode, errorMessage: answer.errorMessage }
      const value = failed ? failure : read(answer.result)
      const tell = failed ? options.fail || options.onFail : options.success || options.onSuccess
      if (tell) tell(value)
      if (options.complete) options.complete(value)
      if (failed) throw Object.assign(new Error(failure.errorMessage), failure)
      return value
    })
    // Whoever hands over callbacks does not look at the promise.
    if (options.fail || options.onFail) answered.catch(() => {})
    return answered
  }
  const named = (name, read) => (options) => call(name, options, read)

  let onReady = () => {}
  let onError = () => {}
  let state = 'bare'
  let failure

  /** Callbacks of `ready` wait for `config`, where the page calls it. */
  function config(options) {
    state = 'configuring'
    void bridge('runtime.permission.requestJsApis', options).then((answer) => {
      const failed = answer.errorCode !== '0'
      state = failed ? 'failed' : 'ready'
      failure = { errorCode: answer.errorCode, errorMessage: answer.errorMessage }
      if (failed) onError(failure)
      else onReady()
    })
  }

  window.dd = {
    env: { platform: 'ios', appType: 'WEB', version: '7.6.60', language: 'zh-Hans-CN' },
    ios: true,
    android: false,
    version: '7.6.60',
    config,
    ready: (callback) => {
      onReady = callback
      if (state !== 'configuring' && state !== 'failed') setTimeout(() => callback(), 0)
    },
    error: (callback) => {
      onError = callback
      if (state === 'failed') setTimeout(() => callback(failure), 0)
    },
    runtime: {
      permission: {
        requestAuthCode: named('runtime.permission.requestAuthCode'),
        requestJsApis: named('runtime.permission.requestJsApis'),
      },
    },
    biz: {
      util: {
        scan: named('biz.util.scan'),
        share: named('biz.util.share'),
        openLink: named('biz.util.openLink'),
      },
      contact: {
        choose: named('biz.contact.choose'),
        complexPicker: named('biz.contact.complexPicker'),
      },
      navigation: {
        setTitle: named('biz.navigation.setTitle'),
        setLeft: named('biz.navigation.setLeft'),
        setRight: named('biz.navigation.setRight'),
        close: named('biz.navigation.close'),
        goBack: named('biz.navigation.goBack'),
      },
    },
    device: {
      notification: {
        toast: named('device.notification.toast'),
        alert: named('device.notification.alert'),
        confirm: named('device.notification.confirm'),
      },
      base: { getPhoneInfo: named('device.base.getPhoneInfo') },
    },
    // The same under their newer names.
    requestAuthCode: named('runtime.permission.requestAuthCodeV2'),
    getAuthCode: named('runtime.permission.requestAuthCode', ({ code }) => ({ code, authCode: code })),
    scan: named('biz.util.scan'),
    complexChoose: named('biz.contact.complexPicker'),
    share: named('biz.util.share'),
    openLink: named('biz.util.openLink'),
    showToast: named('device.notification.toast'),
    setNavigationTitle: named('biz.navigation.setTitle'),
    goBackPage: named('biz.navigation.goBack'),
    closePage: named('biz.navigation.close'),
  }

  // What the npm package `dingtalk-jsapi` talks to on this kind of phone.
  window.WebViewJavascriptBridge = {
    init: () => {},
    registerHandler: () => {},
    callHandler: (name, params, tell) => void bridge(name, params || {}).then(tell),
  }
})()
