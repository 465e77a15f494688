import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareBrowser } from './browser.mjs'
import { run } from './child.mjs'
import { prepareWorkspace, root } from './workspace.mjs'

const report = join(root, 'node_modules/.cache/zhanggui-tests.json')

await prepareWorkspace()
await prepareBrowser()
rmSync(report, { force: true })
const { code } = await run(process.execPath, [
  join(root, 'tests/node_modules/vitest/vitest.mjs'),
  ...['run', '--config', join(root, 'tests/vitest.config.ts'), '--reporter=default', '--reporter=json'],
  ...[`--outputFile.json=${report}`, ...process.argv.slice(2)],
])
const { passed, failed, skipped } = count(code)
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : code

/** A file that does not load and a run that breaks outside of any test are failures too. */
function count(exitCode) {
  let results
  try {
    results = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 } // it did not get as far as a report
  }
  const unloaded = results.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = results.numFailedTests + unloaded
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}
