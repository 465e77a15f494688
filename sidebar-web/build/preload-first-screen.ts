import type { HtmlTagDescriptor, Plugin } from 'vite'

/**
 * The entry script starts WeCom and the customer's data, then imports the screen. Naming the screen's script in the
 * page lets both download at once instead of one after the other.
 */
export function preloadFirstScreen(module: string): Plugin {
  return {
    name: 'preload-first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }): HtmlTagDescriptor[] {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        const screen = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(module))
        if (!screen) throw new Error(`${module} is not a chunk of its own`)
        const entries = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName))
        return [screen.fileName, ...screen.imports]
          .filter((file) => !entries.has(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/sidebar/${file}` },
            injectTo: 'head', // after the entry, which is wanted first
          }))
      },
    },
  }
}
