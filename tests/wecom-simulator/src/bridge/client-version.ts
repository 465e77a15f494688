import type { Platform } from './bridge-types.ts'

const usualVersions: Record<Platform, string> = {
  windows: '5.0.10',
  mac: '5.0.8',
  ios: '4.1.36',
  android: '4.1.36',
}

export function versionOf(platform: Platform, clientVersion?: string): string {
  return clientVersion ?? usualVersions[platform]
}

/** User agents as seen in the field; the SDK looks for `wxwork/x.y.z`. */
export function userAgentOf(platform: Platform, clientVersion?: string): string {
  const version = versionOf(platform, clientVersion)
  switch (platform) {
    case 'windows':
      return `Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.5304.110 Safari/537.36 Language/zh ColorScheme/Light wxwork/${version} (MicroMessenger/6.2) WindowsWechat`
    case 'mac':
      return `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36 wxwork/${version} WeChat/2.0.4`
    case 'ios':
      return `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/${version} MicroMessenger/7.0.1 Language/zh ColorScheme/Light`
    case 'android':
      return `Mozilla/5.0 (Linux; Android 15; V2405A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.6723.86 Mobile Safari/537.36 wxwork/${version} MicroMessenger/7.0.1 NetType/WIFI Language/zh Lang/zh ColorScheme/Light`
  }
}

/** '3.0.20' is older than '3.0.24' and than '3.1'. */
export function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map(Number)
  const right = than.split('.').map(Number)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
