/** iOS and desktops answer `prefers-color-scheme`; Android only tells in its user agent (doc 94601). */
export function isDark(userAgent: string, prefersDark: boolean): boolean {
  return prefersDark || /ColorScheme\/Dark/i.test(userAgent)
}

export function followColorScheme(): void {
  const preference = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.dataset.theme = isDark(navigator.userAgent, preference.matches) ? 'dark' : 'light'
  }
  apply()
  // Safari 13 knows only the older way to listen.
  preference.addListener(apply)
}
