/** A complete and made-up environment; what a test does not care about comes from here. */
export const testEnv = {
  PUBLIC_URL: 'https://guide.example.com',
  WECOM_CORP_ID: 'ww0123456789abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_AGENT_SECRET: 'agent-secret-for-tests',
  WECOM_CALLBACK_TOKEN: 'CallbackTokenForTests',
  WECOM_CALLBACK_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  SESSION_SECRET: 'a-session-secret-of-more-than-32-characters',
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
  OPEN_API_KEYS: 'till:till-key-0123456789,crm:crm-key-9876543210',
  HQ_USER_IDS: 'HeadOffice',
} satisfies NodeJS.ProcessEnv

/** The key named `till` in `OPEN_API_KEYS`. */
export const TILL_KEY = 'till-key-0123456789'
