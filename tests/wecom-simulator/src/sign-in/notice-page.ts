export function noticePage(sentence: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>模拟企业微信</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: #f4f5f7; color: #1f2329 }
  p { font: 16px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; padding: 0 24px; text-align: center }
</style>
<p>${sentence}</p>
</html>
`
}
