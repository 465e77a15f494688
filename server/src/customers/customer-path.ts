import Type from 'typebox'

/** The path parameter of everything under `/api/customers/{externalUserId}`. */
export const CustomerPath = Type.Object({ externalUserId: Type.String({ minLength: 1, maxLength: 128 }) })
