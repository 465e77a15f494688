export class SomebodyElsesError extends Error {
  constructor(folder: string, options: ErrorOptions) {
    super(
      `The database in ${folder} belongs to another user. Start as that user or as root, or choose another DATA_DIR.`,
      options,
    )
  }
}

/** Codes of Node (`ENOENT`) and of Postgres (`28P01`) alike. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
}
