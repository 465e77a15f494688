import { examineEnvironment } from './doctor.ts'
import { createPresenter } from './show-results.ts'

/** `npm run doctor`: one line a check as it comes in, exit code 1 if anything is wrong. */
async function main(): Promise<void> {
  const presenter = createPresenter(process.stdout.isTTY && process.env.NO_COLOR === undefined)
  const results = await examineEnvironment(process.env, (result) => console.log(presenter.lines(result).join('\n')))
  console.log(`\n${presenter.total(results)}`)
  process.exitCode = results.some(({ status }) => status === 'fail') ? 1 : 0
}

await main()
