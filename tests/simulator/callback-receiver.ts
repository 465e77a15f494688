import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { decrypt, signature } from '@zhanggui/wecom-simulator/callbacks/crypto.ts'
import { CALLBACK } from './make-simulator.ts'

export interface Received {
  /** The decrypted event. */
  xml: string
  envelope: string
  signed: boolean
  receiveId: string
}

export interface CallbackReceiver extends AsyncDisposable {
  url: string
  received: Received[]
  /** Statuses of the next answers; 'hang' never answers, 'break' drops the connection. */
  answers: (number | 'hang' | 'break')[]
}

/** The flat elements of an event, without the four every event has. */
export function fieldsOf({ xml }: Received): Record<string, string> {
  const elements = xml.replace('<xml>', '').matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/g)
  const all = Object.fromEntries([...elements].map(([, name = '', text, bare]) => [name, text ?? bare ?? '']))
  const { ToUserName: _corp, FromUserName: _from, CreateTime: _time, MsgType: _type, ...own } = all
  return own
}

/** An app's callback URL that keeps what it is told and answers as it is told. */
export async function callbackReceiver(): Promise<CallbackReceiver> {
  const received: Received[] = []
  const answers: CallbackReceiver['answers'] = []
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://receiver').searchParams
    const of = (name: string) => query.get(name) ?? ''
    if (request.method === 'GET') {
      response.end(decrypt(CALLBACK.aesKey, of('echostr')).message)
      return
    }
    const envelope = await text(request)
    const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(envelope)?.[1] ?? ''
    const { message, receiveId } = decrypt(CALLBACK.aesKey, encrypted)
    const signed = signature(CALLBACK.token, of('timestamp'), of('nonce'), encrypted) === of('msg_signature')
    received.push({ xml: message, envelope, signed, receiveId })
    const answer = answers.shift() ?? 200
    if (answer === 'break') request.socket.destroy()
    else if (answer !== 'hang') response.writeHead(answer).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/callbacks/wecom`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
