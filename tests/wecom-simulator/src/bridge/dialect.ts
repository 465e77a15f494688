import type { NativeAnswer, Platform } from './bridge-types.ts'

/** Every platform words the same answer differently; the SDK folds them into one (its source, 2.4.4). */

export function okAnswer(platform: Platform, api: string, fields: NativeAnswer = {}): NativeAnswer {
  return { ...fields, ...message(platform, `${api}:ok`) }
}

export function failAnswer(platform: Platform, api: string, why: string): NativeAnswer {
  switch (platform) {
    case 'windows':
      return message(platform, `${api}:fail_${why}`)
    case 'mac':
      return { ...message(platform, `${api}:fail_fail_${why}`), err_code: 2 }
    case 'ios':
    case 'android':
      return message(platform, `${api}:fail ${why}`)
  }
}

export function cancelAnswer(platform: Platform, api: string): NativeAnswer {
  return message(platform, `${api}:cancel`)
}

export function unknownFunctionAnswer(platform: Platform): NativeAnswer {
  return message(platform, 'system:function_not_exist')
}

/** Configuration fails with a number to look up, in the same words everywhere. */
export function configFailAnswer(api: 'agentConfig' | 'preVerifyJSAPI', why: string, errcode: number): NativeAnswer {
  return { err_msg: `${api}:fail_${why} more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}` }
}

/** iOS wraps the scanned text into JSON text, which the SDK unpacks. */
export function scanAnswer(platform: Platform, text: string): NativeAnswer {
  const resultStr = platform === 'ios' ? JSON.stringify({ scan_code: { scan_result: text } }) : text
  return okAnswer(platform, 'scanQRCode', { resultStr })
}

function message(platform: Platform, text: string): NativeAnswer {
  return platform === 'windows' ? { errmsg: text } : { err_msg: text }
}
