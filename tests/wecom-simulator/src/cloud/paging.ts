import { WeComError } from './errors.ts'

/** A cursor says where the next page starts; it means nothing to anybody else. */
export function writeCursor(position: number[]): string {
  return Buffer.from(position.join('.')).toString('base64url')
}

export function readCursor(cursor: string | undefined, parts: number): number[] {
  if (!cursor) return Array<number>(parts).fill(0)
  const position = Buffer.from(cursor, 'base64url').toString().split('.').map(Number)
  if (position.length !== parts || !position.every((part) => Number.isInteger(part) && part >= 0)) {
    throw new WeComError(50100, 'invalid cursor')
  }
  return position
}

/** Where a stretch of a directory goes on; empty at the end. */
export function cursorAt(next: number | undefined): string {
  return next === undefined ? '' : writeCursor([next])
}

export interface Page<T> {
  rows: T[]
  /** Empty at the end. */
  next: string
}

export function pageOf<T>(rows: readonly T[], cursor: string | undefined, limit: number): Page<T> {
  const [start = 0] = readCursor(cursor, 1)
  const end = start + limit
  return { rows: rows.slice(start, end), next: end < rows.length ? writeCursor([end]) : '' }
}
