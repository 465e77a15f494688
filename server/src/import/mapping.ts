import { OneOf } from '@zhanggui/shared/text.ts'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { describeFault } from '../open-api/describe-fault.ts'

const Pattern = Type.String({ minLength: 1, maxLength: 500 })
const Texts = Type.Record(Type.String(), Type.String())

/** MAP.json: how a foreign table reads as our records. Docs: docs/import.md. */
export const Mapping = Type.Object(
  {
    /** Default: UTF-8, or GB18030 if the file is not UTF-8. */
    encoding: Type.Optional(OneOf('utf-8', 'gb18030')),
    /** Default: comma, or whichever of `;` and tab the header has. */
    delimiter: Type.Optional(OneOf(',', ';', '\t', '|')),
    /** Of times without an offset. */
    timeZone: Type.Optional(Type.String()),
    /** fen: whole minor units, as in the open API; decimal: 12.50. */
    money: Type.Optional(OneOf('fen', 'decimal')),
    /** Foreign column → field. Columns that are not named are left out. */
    columns: Texts,
    /** Field → what it always is, unless a column says otherwise. */
    constants: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
    /** Field → what a text must match and what of it is taken (`$1`); what does not match stays as it is. */
    rewrite: Type.Optional(
      Type.Record(Type.String(), Type.Object({ match: Pattern, take: Type.String() }, { additionalProperties: false })),
    ),
    /** Field → foreign word → ours, as 门店 → store. */
    words: Type.Optional(Type.Record(Type.String(), Texts)),
    /** Rows to leave out: all of one entry's columns match their patterns. */
    skip: Type.Optional(Type.Array(Type.Record(Type.String(), Pattern))),
    /** How the till marks what came back; those rows become refunds. */
    returns: Type.Optional(
      Type.Object(
        {
          orderIdPrefix: Type.Optional(Type.String({ minLength: 1 })),
          negativeQuantity: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Mapping = Static<typeof Mapping>

const validator = Compile(Mapping)

/** The mapping, or what is wrong with it. */
export function readMapping(text: string): Mapping | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return `it is no JSON: ${error instanceof Error ? error.message : error}`
  }
  if (!validator.Check(value)) return describeFault(validator.Errors(value)).detail
  for (const pattern of [
    ...Object.values(value.rewrite ?? {}).map(({ match }) => match),
    ...(value.skip ?? []).flatMap((entry) => Object.values(entry)),
  ])
    try {
      new RegExp(pattern, 'u')
    } catch {
      return `${JSON.stringify(pattern)} is no regular expression`
    }
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value.timeZone })
  } catch {
    return `${value.timeZone} is no time zone`
  }
  return value
}
