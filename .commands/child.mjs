import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** For what does not end when told to. */
const PATIENCE_MS = 10_000
const LOOK_AGAIN_MS = 50
const isWindows = process.platform === 'win32'

/**
 * Runs a program to its end. It gets a process group of its own, and if we are told to stop, the whole group is,
 * so that nothing it started outlives us. Then we end as well.
 * `output: 'collect'` keeps quiet and hands the output back; otherwise it goes where ours goes.
 */
export function run(command, args, { output = 'inherit', env = process.env } = {}) {
  let child
  let received
  let killed = false
  /** False if nobody is left to hear it. Signal 0 only asks. */
  const signalGroup = (signal) => {
    try {
      if (isWindows) return child?.kill(signal) ?? false
      return child?.pid !== undefined && process.kill(-child.pid, signal)
    } catch (error) {
      if (error.code === 'ESRCH') return false
      throw error
    }
  }
  const stop = (signal) => {
    received ??= signal
    signalGroup('SIGTERM') // also for a Ctrl-C, of which a shell's background jobs take no notice
    setTimeout(() => {
      killed = true
      signalGroup('SIGKILL')
    }, PATIENCE_MS)
  }
  // Before the child is there, so that no signal can come in between and leave it behind.
  for (const signal of SIGNALS) process.on(signal, stop)

  return new Promise((resolve) => {
    let text = ''
    const finish = async (code) => {
      while (received && !killed && signalGroup(0)) await pause(LOOK_AGAIN_MS) // others of the group take longer than its first
      if (received) process.exit(128 + constants.signals[received])
      for (const signal of SIGNALS) process.off(signal, stop)
      resolve({ code, text })
    }
    const out = output === 'collect' ? 'pipe' : 'inherit'
    // npm and npx are .cmd files on Windows, and those need a shell.
    const shell = isWindows && !command.endsWith('.exe')
    child = spawn(command, args, { env, shell, detached: !isWindows, stdio: ['ignore', out, out] })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
    }
    child.once('error', (error) => {
      text += error.message
      finish(1)
    })
    child.once('close', (code, signal) => finish(code ?? 128 + constants.signals[signal]))
  })
}
