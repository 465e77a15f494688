import type { TLocalizedValidationError } from 'typebox/error'
import type { Fault } from './record-kind.ts'

type SchemaError = TLocalizedValidationError
const MOST_TOLD = 5

/** Says in one line what a schema found wrong with a record: the first fault gives the code, the detail tells all. */
export function describeFault(errors: readonly SchemaError[]): Fault {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf')
  const faults = [
    ...errors.filter((error) => !unions.some((union) => branchOf(union, error) !== undefined)).flatMap(describe),
    ...unions.flatMap((union) => describeUnion(union, errors)),
  ]
  const details = [...new Set(faults.map(({ detail }) => detail))]
  const rest = details.length - MOST_TOLD
  return {
    code: faults[0]?.code ?? 'invalid_field',
    detail: details.slice(0, MOST_TOLD).join('; ') + (rest > 0 ? `; and ${rest} more` : ''),
  }
}

function describe(error: SchemaError): Fault[] {
  const { instancePath: path } = error
  switch (error.keyword) {
    case 'boolean': // told by additionalProperties as well
    case 'anyOf': // told by describeUnion
      return []
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => ({
        code: 'unknown_field',
        detail: `${path}/${name.slice(0, 64)} is not a field`,
      }))
    case 'required':
      return error.params.requiredProperties.map((name) => ({
        code: 'missing_field',
        detail: `${path}/${name} is missing`,
      }))
    case 'enum':
      return [invalid(path, `must be one of ${error.params.allowedValues.join(', ')}`)]
    default:
      return [invalid(path, error.message)]
  }
}

/** Of a union told apart by constants, only the branch that was meant has something to say. */
function describeUnion(union: SchemaError, errors: readonly SchemaError[]): Fault[] {
  const inside = errors.filter((error) => branchOf(union, error) !== undefined)
  const constants = inside.filter((error) => error.keyword === 'const')
  const others = new Set(constants.map((error) => branchOf(union, error)))
  const meant = inside.filter((error) => !others.has(branchOf(union, error)))
  const branches = new Set(meant.map((error) => branchOf(union, error)))
  const [first] = constants
  if (branches.size === 1) return meant.flatMap(describe)
  if (!first || branches.size > 1) return [invalid(union.instancePath, 'has none of the possible forms')]
  const allowed = constants.map((error) => String(error.params.allowedValue))
  return [invalid(first.instancePath, `must be one of ${allowed.join(', ')}`)]
}

function branchOf(union: SchemaError, error: SchemaError): string | undefined {
  const branches = `${union.schemaPath}/anyOf/`
  const inside = error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`)
  return inside && error.schemaPath.startsWith(branches)
    ? error.schemaPath.slice(branches.length).split('/')[0]
    : undefined
}

function invalid(path: string, message: string): Fault {
  return { code: 'invalid_field', detail: `${path || 'the record'} ${message}` }
}
