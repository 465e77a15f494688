/**
 * No tag may name health, religion or another sensitive trait of a person. The list is small and plain: it stops what
 * is written down without a thought, and it leaves alone what shops sell (民族风 is a style).
 */
const words: readonly string[] = [
  // health
  ...['怀孕', '孕妇', '孕期', '备孕', '流产', '不孕', '癌', '肿瘤', '糖尿病', '高血压', '抑郁', '艾滋', '乙肝', '性病'],
  ...['残疾', '残障', '病史', '慢性病', '精神病', '患者'],
  // belief
  ...['宗教', '信仰', '佛教', '信佛', '道教', '基督', '天主教', '伊斯兰', '穆斯林', '回教', '法轮'],
  // origin, politics, private life
  ...['少数民族', '维吾尔', '藏族', '回族', '种族', '政治面貌', '党员', '同性恋', '性取向', '前科', '犯罪', '服刑'],
  // money troubles
  ...['征信', '负债', '失信'],
]
const latin = /\b(hiv|aids|lgbt)\b/i

export function isSensitiveName(name: string): boolean {
  return latin.test(name) || words.some((word) => name.includes(word))
}
