import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../deps.ts'

/** Shows WeCom that the domain is ours (可信域名): the file it gave, unchanged, at the root. */
export const domainProofRoute: FastifyPluginAsyncTypebox<Deps> = async (app, { config }) => {
  const proof = config.domainProof
  if (!proof) return
  app.get(`/WW_verify_${proof.name}.txt`, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(proof.content),
  )
}
