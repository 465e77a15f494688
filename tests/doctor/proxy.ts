import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

export type Behaviour = (request: IncomingMessage, response: ServerResponse, pass: () => Promise<void>) => unknown

export interface FrontProxy extends AsyncDisposable {
  url: string
  host: string
  /** Where it passes requests on to. */
  target: string
  /** What it does instead; undefined: it passes everything on as it is. */
  behaviour: Behaviour | undefined
}

/** What stands in front of the server at PUBLIC_URL. */
export async function startProxy(): Promise<FrontProxy> {
  const proxy = { url: '', host: '', target: '', behaviour: undefined as Behaviour | undefined }
  const server = createServer((incoming, response) => {
    const pass = () => passOn(incoming, response, proxy.target)
    Promise.resolve(proxy.behaviour ? proxy.behaviour(incoming, response, pass) : pass()).catch(() =>
      response.writeHead(502).end('Bad Gateway'),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the proxy listens nowhere')
  proxy.host = `127.0.0.1:${address.port}`
  proxy.url = `http://${proxy.host}`
  return Object.assign(proxy, {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function passOn(incoming: IncomingMessage, response: ServerResponse, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const { method, headers, url } = incoming
    const onward = request(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, response).then(resolve, reject)
    })
    onward.once('error', reject)
    incoming.pipe(onward)
  })
}
