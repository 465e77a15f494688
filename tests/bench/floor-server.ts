// The floor of durable callbacks: node:http, signature, decryption and one batched insert per commit, nothing else.
import { createDecipheriv, createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import pg from 'pg'

const [databaseUrl = '', token = '', aesKey = ''] = process.argv.slice(2)
const key = Buffer.from(`${aesKey}=`, 'base64')
const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
await pool.query('create table floor (id bigint generated always as identity primary key, xml text not null)')

let waiting: { xml: string; reply: ServerResponse }[] = []
let commits = 0

function pump() {
  while (waiting.length > 0 && commits < 2) {
    const batch = waiting.slice(0, 500)
    waiting = waiting.slice(500)
    commits += 1
    pool
      .query({
        name: 'keep',
        text: 'insert into floor (xml) select unnest($1::text[])',
        values: [batch.map(({ xml }) => xml)],
      })
      .then(() => {
        for (const { reply } of batch) reply.end('success')
        commits -= 1
        pump()
      })
  }
}

const server = createServer((request, reply) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const query = new URL(request.url ?? '', 'http://floor').searchParams
    const body = Buffer.concat(chunks).toString()
    const encrypt = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body)?.[1] ?? ''
    const signed = [token, query.get('timestamp') ?? '', query.get('nonce') ?? '', encrypt].sort().join('')
    if (createHash('sha1').update(signed).digest('hex') !== query.get('msg_signature')) {
      reply.writeHead(401).end()
      return
    }
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
    waiting.push({ xml: plain.subarray(20, 20 + plain.readUInt32BE(16)).toString(), reply })
    pump()
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`)
})
process.on('SIGTERM', () => process.exit(0))
