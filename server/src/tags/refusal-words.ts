/** Why WeCom did not do what a guide wanted of a customer, ready to read (doc 90313). Null: it did not answer. */
export function refusalWords(errcode: number | null): string {
  if (errcode === null) return '企业微信一直没有回应,再试一次'
  return byErrcode[errcode] ?? '企业微信没有答应,一直这样就告诉管理员'
}

const notYours = '你和 TA 已经不是好友了'
const notAllowed = '应用还没有客户联系权限,请管理员开通'
const outOfScope = '你还不能用客户联系,请管理员把你加进使用范围'

const byErrcode: Record<number, string> = {
  40144: '这位顾客的标签满了,先去掉几个',
  40068: '这个标签已经被删掉了',
  84061: notYours,
  40096: notYours,
  48001: notAllowed,
  48002: notAllowed,
  40003: outOfScope,
  60011: outOfScope,
  60021: outOfScope,
  84074: outOfScope,
  84084: outOfScope,
  45009: '企业微信这会儿太忙,过一阵再试',
  45035: '别处也在改这位顾客的标签,再试一次',
  48011: '企业微信收回了客户数据权限,请管理员处理',
}
