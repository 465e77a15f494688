import Type from 'typebox'

/** As the database can keep it: no NUL. */
export const ExternalUserId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' })

/** The path parameter of everything under `/api/customers/{externalUserId}`. */
export const CustomerPath = Type.Object({ externalUserId: ExternalUserId })
