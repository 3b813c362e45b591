// The globals that Feishu's client gives to a web app. Loaded before the first script of the app, by the app's own
// origin, so that a strict content security policy lets it in.
;(function () {
  const folder = '/__feishu/'
  const agent = navigator.userAgent.includes('Lark/') ? navigator.userAgent : `${navigator.userAgent} Lark/7.30 Feishu`
  Object.defineProperty(navigator, 'userAgent', { configurable: true, get: () => agent })

  async function ask(path, body) {
    const response = await fetch(folder + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.json()
  }

  // Every JSAPI takes { success, fail, complete } and reports { errMsg: 'name:ok' } or { errno, errString }.
  function jsapi(name, path, read) {
    return function (options) {
      const given = options || {}
      void ask(path, { ...plain(given), api: name })
        .catch(() => ({ errno: 101, errString: 'the client is not reachable' }))
        .then((answer) => {
          const failed = answer.errno !== undefined
          const result = failed
            ? { errno: answer.errno, errString: answer.errString, errMsg: `${name}:fail ${answer.errString}` }
            : { ...read(answer), errMsg: `${name}:ok` }
          const tell = failed ? given.fail : given.success
          if (tell) tell(result)
          if (given.complete) given.complete(result)
        })
    }
  }

  function plain(options) {
    return Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'function'))
  }

  const same = (answer) => answer
  window.tt = {
    requestAccess: jsapi('requestAccess', 'code', same),
    requestAuthCode: jsapi('requestAuthCode', 'code', ({ code }) => ({ code })),
    closeWindow: jsapi('closeWindow', 'close', same),
    scanCode: jsapi('scanCode', 'ask/scan', ({ value }) => ({ result: value })),
    chooseContact: jsapi('chooseContact', 'ask/contact', ({ people }) => ({ data: people, department_data: [] })),
    showToast: jsapi('showToast', 'toast', same),
    showModal: function (options) {
      const confirmed = window.confirm([options.title, options.content].filter(Boolean).join('\n'))
      if (options.success) options.success({ confirm: confirmed, cancel: !confirmed, errMsg: 'showModal:ok' })
    },
    sendMessageCard: jsapi('sendMessageCard', 'share', same),
    getSystemInfo: function (options) {
      options.success({ platform: 'ios', version: '7.30.0', language: navigator.language, errMsg: 'getSystemInfo:ok' })
    },
  }

  let onError = function () {}
  window.h5sdk = {
    ready: (callback) => setTimeout(() => callback(), 0),
    error: (callback) => {
      onError = callback
    },
    config: function (options) {
      void ask('config', { ...plain(options), url: location.href.split('#')[0] }).then((answer) => {
        if (answer.errno === undefined) return options.onSuccess && options.onSuccess({ errMsg: 'config:ok' })
        const failure = { errorCode: answer.errno, errno: answer.errno, errorMessage: answer.errString }
        onError(failure)
        if (options.onFail) options.onFail(failure)
      })
    },
  }
})()
