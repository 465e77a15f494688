/** For plain `tsc`, which cannot read components; `vue-tsc` reads them itself. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
