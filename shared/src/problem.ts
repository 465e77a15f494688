/** Every error code the server answers with: its HTTP status and its title. Codes are stable; outsiders match on them. */
export const problems = {
  // requests
  bad_request: [400, 'The request is not usable'],
  validation_failed: [400, 'The request has fields that are not valid'],
  unauthenticated: [401, 'Sign in first'],
  bad_api_key: [401, 'The API key is missing or unknown'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'There is nothing here'],
  method_not_allowed: [405, 'This method is not supported here'],
  payload_too_large: [413, 'The request body is too large'],
  unsupported_media_type: [415, 'This content type is not supported here'],
  too_many_requests: [429, 'Too many requests; try again later'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'The service cannot take this now; try again'],
  // callbacks
  bad_signature: [401, 'The callback signature does not match'],
  bad_envelope: [400, 'The callback envelope is not readable'],
  bad_ciphertext: [400, 'The callback cannot be decrypted'],
  foreign_receiver: [403, 'The callback is addressed to somebody else'],
  bad_event: [400, 'The decrypted callback is not readable'],
  callback_not_configured: [404, 'This callback endpoint is not configured'],
  // sign-in
  sign_in_expired: [400, 'This sign-in attempt is no longer valid'],
  staff_only: [403, 'Only staff may sign in'],
  account_inactive: [403, 'This account has left, is disabled or is outside the visible range of the app'],
  // WeCom
  wecom_failed: [502, 'WeCom refused the request'],
  wecom_unreachable: [503, 'WeCom cannot be reached'],
  // customers and sharing
  customer_not_visible: [404, 'No such customer for this guide'],
  group_not_visible: [404, 'No such group for this guide'],
  not_a_friend: [403, 'Only a guide who is friends with the customer may change this'],
  tag_unknown: [404, 'No such tag'],
  remark_changed: [409, 'The remark was changed in WeCom meanwhile'],
  write_refused: [409, 'WeCom refused the change'],
  product_unknown: [404, 'No such product'],
  product_off_sale: [409, 'The product is not on sale'],
  coupon_unknown: [404, 'No such coupon'],
  coupon_out_of_stock: [409, 'The coupon is out of stock'],
  coupon_limit_reached: [409, 'The customer already has as many of this coupon as allowed'],
  coupon_not_valid: [409, 'The coupon cannot be issued now'],
  coupon_already_opened: [409, 'The customer has already opened the coupon'],
  coupon_code_mistyped: [404, 'The code has a wrong or missing character'],
  coupon_withdrawn: [409, 'The coupon was taken back'],
  coupon_redeemed: [409, 'The coupon has already been redeemed'],
  coupon_expired: [409, 'The coupon has expired'],
  coupon_not_started: [409, 'The coupon is not valid yet'],
  coupon_wrong_store: [409, 'The coupon is not taken here'],
  coupon_minimum_not_met: [409, 'The order is below what the coupon asks for'],
  coupon_not_stackable: [409, 'The coupon does not go together with another one on this order'],
  coupon_not_redeemed: [409, 'The coupon is not redeemed'],
  undo_too_late: [409, 'A redemption can be undone on the same day only'],
  guide_without_store: [409, 'The guide has no store'],
  customer_unknown: [404, 'No customer is known under these ids'],
  already_member: [409, 'The customer is already a member'],
  share_unknown: [404, 'No such share'],
  request_id_reused: [409, 'The same request id was used for something else'],
  failed_job_unknown: [404, 'No such failed job'],
  idempotency_key_reused: [409, 'The Idempotency-Key was used for another request'],
  // who somebody is
  conflict_unknown: [404, 'No such identity conflict'],
  conflict_undecided: [409, 'Nobody has decided this conflict'],
  not_a_claimant: [409, 'The customer is not one of the sides of this conflict'],
  order_unknown: [404, 'No such order'],
  order_already_matched: [409, 'The order already belongs to a customer'],
  order_not_bound: [409, 'No guide has bound this order to this customer'],
  // who is credited
  guide_unknown: [404, 'No such guide'],
  attribution_unchanged: [409, 'This guide is credited already'],
  period_not_over: [409, 'The month is not over'],
  period_superseded: [409, 'A later month is closed already'],
  // belonging and personal data
  customer_erased: [404, 'The personal data of this customer was erased'],
  owner_unchanged: [409, 'The customer already belongs to this guide'],
  guide_not_active: [409, 'The guide does not work with customers any more'],
  not_friends: [409, 'The guide and the customer are not friends'],
  not_your_store: [403, 'Only HQ decides across stores'],
  same_guide: [400, 'A guide cannot hand over to themselves'],
  handover_unknown: [404, 'No such handover'],
  phone_not_allowed: [403, 'Only the owner, a manager or HQ may read the phone'],
  phone_unknown: [404, 'No phone is known of this customer'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problems

/** The body of every error answer (application/problem+json, RFC 9457). */
export interface Problem {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail?: string
  errors?: { path: string; message: string }[]
  /** Of coupon_redeemed: when, where and by whom. */
  redeemedAt?: string
  storeId?: string
  storeName?: string
  guideId?: string
  guideName?: string
}
