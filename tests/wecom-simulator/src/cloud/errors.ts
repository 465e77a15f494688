/** An answer other than 0. The words are for people: nobody may decide on errmsg (doc 90313). */
export class WeComError extends Error {
  readonly errcode: number

  constructor(errcode: number, message: string) {
    super(message)
    this.errcode = errcode
  }
}

export function errorMessage(error: WeComError, ip: string): string {
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${error.errcode}`
  return `${error.message}, from ip: ${ip}, ${more}`
}
