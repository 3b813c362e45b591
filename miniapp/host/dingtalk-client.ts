// Only what the app uses of DingTalk's interface, since all of it is several times as large as the app. Loaded in DingTalk alone.
import client from 'dingtalk-jsapi/entry/union'

export { client }
export { closePage$ as closePage } from 'dingtalk-jsapi/api/union/closePage'
export { complexChoose$ as complexChoose } from 'dingtalk-jsapi/api/union/complexChoose'
export { getAuthCode$ as getAuthCode } from 'dingtalk-jsapi/api/union/getAuthCode'
export { quitPage$ as quitPage } from 'dingtalk-jsapi/api/union/quitPage'
export { requestAuthCode$ as requestAuthCode } from 'dingtalk-jsapi/api/union/requestAuthCode'
export { scan$ as scan } from 'dingtalk-jsapi/api/union/scan'
export { setNavigationTitle$ as setNavigationTitle } from 'dingtalk-jsapi/api/union/setNavigationTitle'
export { share$ as share } from 'dingtalk-jsapi/api/union/share'
export { showToast$ as showToast } from 'dingtalk-jsapi/api/union/showToast'
