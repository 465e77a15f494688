import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from './child.mjs'
import { root } from './workspace.mjs'

/** Chromium for Linux x64 inside an npm package, with the libraries a bare machine lacks. */
const PACKAGE = '@sparticuz/chromium@153.0.0'
const FONTS = ['fonts', '/usr/share/fonts', '/usr/local/share/fonts']
const cache = join(root, 'node_modules/.cache/zhanggui-chromium')

/** Sees to it that there are a browser and Chinese letters for it, or says what is missing. */
export async function prepareBrowser() {
  const { findChromium } = await import('../tests/dist/support/chromium.js')
  await installWithApt({ chromium: !findChromium(), font: !(await hasChineseFont()) })
  if (!findChromium()) await fetchFromNpm()
  if (!findChromium()) await fetchWithPlaywright()
  if (!findChromium()) {
    console.error(
      'No browser: the tests that need one will fail. Install Chromium, Chrome or Edge, or set CHROMIUM_PATH.',
    )
  }
  if ((await hasChineseFont()) === false) {
    console.error('No Chinese font: the pages will show boxes. Install one, for example fonts-wqy-microhei.')
  }
}

/** Undefined where it cannot be told (macOS and Windows bring one). */
async function hasChineseFont() {
  const { code, text } = await run('fc-list', [':lang=zh', 'family'], { output: 'collect' })
  if (code === 0) return text.trim() !== ''
  return process.platform === 'linux' ? false : undefined
}

async function installWithApt({ chromium, font }) {
  const wanted = [...(chromium ? ['chromium'] : []), ...(font ? ['fonts-wqy-microhei', 'fontconfig'] : [])]
  if (wanted.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await attempt(`Installing ${wanted.join(' and ')}`, [
    () => run('apt-get', ['update', '-qq'], { output: 'collect', env }),
    () => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...wanted], { output: 'collect', env }),
  ])
}

async function fetchFromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  mkdirSync(cache, { recursive: true })
  const env = { ...process.env, TMPDIR: cache } // the package unpacks into the folder for temporary files
  const unpack = `
    import { fileURLToPath } from 'node:url'
    import { inflate } from '@sparticuz/chromium'
    const from = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
    for (const part of ['fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br', 'chromium.br']) await inflate(from + part)`
  const script = join(cache, 'unpack.mjs')
  writeFileSync(script, unpack)
  const folders = FONTS.map((folder) => `<dir>${resolve(cache, folder)}</dir>`).join('')
  writeFileSync(
    join(cache, 'fonts.conf'),
    `<fontconfig>${folders}<cachedir>${cache}/font-cache</cachedir></fontconfig>\n`,
  )
  const fetched = await attempt('Fetching Chromium from the package registry', [
    () => run('npm', ['install', '--prefix', cache, '--no-save', '--no-package-lock', PACKAGE], { output: 'collect' }),
    () => run(process.execPath, [script], { output: 'collect', env }),
    () => run(join(cache, 'chromium'), ['--version'], { output: 'collect', env: browserEnvironment() }),
  ])
  if (!fetched) return
  const settings = Object.entries(browserEnvironment()).map(([name, value]) => `${name}='${value}'`)
  writeFileSync(join(cache, 'chromium.sh'), `#!/bin/sh\n${settings.join(' ')} exec '${join(cache, 'chromium')}' "$@"\n`)
  chmodSync(join(cache, 'chromium.sh'), 0o755)
}

function browserEnvironment() {
  const libraries = { LD_LIBRARY_PATH: join(cache, 'al2023/lib') }
  return existsSync('/etc/fonts/fonts.conf') ? libraries : { ...libraries, FONTCONFIG_FILE: join(cache, 'fonts.conf') }
}

async function fetchWithPlaywright() {
  const playwright = join(root, 'tests/node_modules/playwright-core/cli.js')
  await attempt('Fetching Chromium with Playwright', [
    () => run(process.execPath, [playwright, 'install', 'chromium'], { output: 'collect' }),
  ])
}

/** One after the other until one fails, which is told but is not the end: there may be another way. */
async function attempt(title, works) {
  console.log(`${title} …`)
  for (const work of works) {
    const { code, text } = await work()
    if (code === 0) continue
    console.error(`${title}: failed.\n${text.trim().split('\n').slice(-5).join('\n')}`)
    return false
  }
  return true
}
