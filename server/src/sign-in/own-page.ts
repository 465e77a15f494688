import type { Config } from '../config.ts'

/** Whether a URL is a page of this site: nothing else is signed. */
export function isOwnPage({ publicUrl }: Pick<Config, 'publicUrl'>, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin
}
