import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Ports } from './settings.ts'

export const USUAL_PORTS: Ports = { server: 8080, simulator: 8090, webview: 8091, mall: 8092 }

/** The wanted ports where they are free, others where they are not: links sent earlier keep working if they can. */
export async function choosePorts(host: string, wanted: Ports): Promise<Ports> {
  const taken = new Set<number>()
  const choose = async (port: number): Promise<number> => {
    const free = taken.has(port) ? undefined : await freePort(host, port)
    const chosen = free ?? (await choose(0))
    taken.add(chosen)
    return chosen
  }
  return {
    server: await choose(wanted.server),
    simulator: await choose(wanted.simulator),
    webview: await choose(wanted.webview),
    mall: await choose(wanted.mall),
  }
}

/** Undefined: somebody has it. 0 asks for any. */
async function freePort(host: string, port: number): Promise<number | undefined> {
  const probe = createServer()
  try {
    probe.listen({ host, port, exclusive: true })
    await once(probe, 'listening')
    const address = probe.address()
    return typeof address === 'object' ? address?.port : undefined
  } catch {
    return undefined
  } finally {
    probe.close()
  }
}
