import Type from 'typebox'

/** The secret part of a link to a customer, whatever kind it is. */
export const LinkToken = Type.String({ pattern: '^[\\w.-]{1,200}$' })
