import type { BridgeCall, BridgeReply, BridgeSettings, ClientView } from '../bridge/bridge-types.ts'
import type { ActionInputs, ActionName, ActionOutputs, ChatView, ChoicesView, StateView } from '../control-types.ts'

/** What the simulator said no to, in words for the screen. */
export class Refused extends Error {
  override name = 'Refused'
}

export const getState = (guide?: string): Promise<StateView> =>
  ask(`state${guide ? `?guide=${encodeURIComponent(guide)}` : ''}`)

export const getChat = (guide: string, chat: string): Promise<ChatView> =>
  ask(`chats/${encodeURIComponent(guide)}/${encodeURIComponent(chat)}`)

export const getChoices = (guide: string, chat = ''): Promise<ChoicesView> =>
  ask(`choices?${new URLSearchParams({ guide, chat })}`)

export const getClient = (): Promise<ClientView> => ask('client')

export const act = <N extends ActionName>(name: N, input: ActionInputs[N]): Promise<ActionOutputs[N]> =>
  ask(`actions/${name}`, input)

export const callBridge = (call: BridgeCall): Promise<BridgeReply> => ask('bridge', call)

export const changeClient = (settings: Partial<BridgeSettings>): Promise<BridgeSettings> =>
  ask('client/settings', settings)

/** Signs this browser's client in as the guide: the OAuth page will know who it is. */
export const signIn = (guide: string): Promise<unknown> => ask('account', { guide })

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/simulator/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Refused(typeof answer?.error === 'string' ? answer.error : '模拟器没有答应')
  return answer
}
