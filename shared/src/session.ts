import Type, { type Static } from 'typebox'

export const SessionView = Type.Object({
  guide: Type.Object({
    userId: Type.String(),
    name: Type.Optional(Type.String()),
    storeName: Type.Optional(Type.String()),
  }),
  role: Type.Union([Type.Literal('guide'), Type.Literal('manager'), Type.Literal('hq')]),
  corpId: Type.String(),
  agentId: Type.String(),
})
export type SessionView = Static<typeof SessionView>

export const SignatureRequest = Type.Object({
  kind: Type.Union([Type.Literal('agent'), Type.Literal('corp')]),
  /** The page's live URL; its origin must be PUBLIC_URL's. What follows `#` is ignored. */
  url: Type.String({ minLength: 1, maxLength: 2048 }),
})
export type SignatureRequest = Static<typeof SignatureRequest>

export const Signature = Type.Object({ timestamp: Type.Integer(), nonceStr: Type.String(), signature: Type.String() })
export type Signature = Static<typeof Signature>

/**
 * What the server writes into the sidebar's page (`<script type="application/json" id="boot">`) to spare the first
 * customer a round trip: who is signed in, and a signature for exactly `url`. The page uses `signature` only if
 * `url` is its own live URL.
 */
export const Boot = Type.Object({
  session: Type.Optional(SessionView),
  url: Type.String(),
  signature: Type.Optional(Signature),
})
export type Boot = Static<typeof Boot>
