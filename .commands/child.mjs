import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const isWindows = process.platform === 'win32'

/**
 * Runs a program to its end. It gets a process group of its own, and what we are told by a signal goes to the whole
 * group, so that nothing it started outlives us. Then we end as well.
 * `output: 'collect'` keeps quiet and hands the output back; otherwise it goes where ours goes.
 */
export function run(command, args, { output = 'inherit', env = process.env } = {}) {
  const out = output === 'collect' ? 'pipe' : 'inherit'
  // npm and npx are .cmd files on Windows, and those need a shell.
  const shell = isWindows && !command.endsWith('.exe')
  const child = spawn(command, args, { env, shell, detached: !isWindows, stdio: ['ignore', out, out] })

  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
  }

  const signalGroup = (signal) => {
    try {
      if (isWindows) child.kill(signal)
      else if (child.pid !== undefined) process.kill(-child.pid, signal)
    } catch (error) {
      if (error.code !== 'ESRCH') throw error // nobody is left
    }
  }
  let received
  const passOn = (signal) => {
    received = signal
    signalGroup(signal)
  }
  for (const signal of SIGNALS) process.on(signal, passOn)

  return new Promise((resolve) => {
    const finish = (code) => {
      for (const signal of SIGNALS) process.off(signal, passOn)
      if (received) process.exit(128 + constants.signals[received])
      resolve({ code, text })
    }
    child.once('error', (error) => {
      text += error.message
      finish(1)
    })
    child.once('exit', () => {
      if (received) signalGroup('SIGKILL') // for what takes no notice, such as a shell's background jobs of a Ctrl-C
    })
    child.once('close', (code, signal) => finish(code ?? 128 + constants.signals[signal]))
  })
}
