import { WeComError } from './errors.ts'

/** A JSON object nobody has looked into yet. */
export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(name: string): WeComError {
  return new WeComError(40058, `${name} is illegal`)
}

export function findText(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalid(name)
  return value
}

/** `errcode` is what WeCom answers when the value is missing or empty. */
export function getText(fields: Fields, name: string, errcode = 40063): string {
  const value = findText(fields, name)
  if (!value) throw new WeComError(errcode, `${name} is missing`)
  return value
}

export function findInteger(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (!isInteger(value)) throw invalid(name)
  return value
}

export function findFlag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw invalid(name)
  return value
}

export function listTexts(fields: Fields, name: string): string[] {
  return list(fields, name).map((value) => {
    if (typeof value !== 'string') throw invalid(name)
    return value
  })
}

export function listIntegers(fields: Fields, name: string): number[] {
  return list(fields, name).map((value) => {
    if (!isInteger(value)) throw invalid(name)
    return value
  })
}

export function listFields(fields: Fields, name: string): Fields[] {
  return list(fields, name).map((value) => {
    if (!isFields(value)) throw invalid(name)
    return value
  })
}

export function findFields(fields: Fields, name: string): Fields | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (!isFields(value)) throw invalid(name)
  return value
}

function list(fields: Fields, name: string): unknown[] {
  const value = fields[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw invalid(name)
  return value
}

function isInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value)
}

export function requireCharacters(name: string, value: string | undefined, most: number, errcode = 40058) {
  if (value !== undefined && [...value].length > most)
    throw new WeComError(errcode, `${name} exceeds ${most} characters`)
}

export function requireBytes(name: string, value: string | undefined, most: number, errcode = 40058) {
  if (value !== undefined && Buffer.byteLength(value) > most)
    throw new WeComError(errcode, `${name} exceeds ${most} bytes`)
}
