// Whoever kills npm means us, but only a signal npm can catch is passed on. When our parent has gone, stop as if told.
const LOOK_MS = 500
const parent = process.ppid

if (process.env.npm_lifecycle_event) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS)
  timer.unref()
}
