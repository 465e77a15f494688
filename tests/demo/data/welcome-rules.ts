import type { WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'
import { MALL } from './counters.ts'

/** The most specific matching rule wins; among equals the higher priority. */
export function welcomeRuleRecords(mallUrl: string): WelcomeRuleRecord[] {
  return [
    {
      ruleId: 'W01',
      text: '{customer}您好,我是{store}的{guide},以后挑款、取货、保养都可以找我。点下面的卡片 30 秒入会,首单有礼。回复“退订”我就不再打扰。',
      memberText:
        '{customer}您好,我是{store}的{guide},以后由我为您服务。积分、生日礼和预留都可以问我。回复“退订”我就不再打扰。',
      match: {},
    },
    {
      ruleId: 'W02',
      text: '{customer}您好,我是{store}的{guide}。现在不在营业时间,您的留言我开店就回。可以先点下面的卡片入会,首单有礼。回复“退订”我就不再打扰。',
      memberText: '{customer}您好,我是{store}的{guide}。现在不在营业时间,您的留言我开店就回。回复“退订”我就不再打扰。',
      match: { from: '22:00', to: '10:00' },
      priority: 10,
    },
    {
      ruleId: 'W03',
      text: '{customer}您好,我是{store}的{guide}。会员日双倍积分,点下面的卡片入会,今天的消费也能补积分。回复“退订”我就不再打扰。',
      memberText: '{customer}您好,我是{store}的{guide}。会员日双倍积分,已经记在您的卡上。回复“退订”我就不再打扰。',
      match: { states: ['会员日'] },
    },
    {
      ruleId: 'W04',
      text: '{customer}您好,我是{store}的{guide}。快闪店里看中的款,下面可以接着看,需要预留告诉我一声。回复“退订”我就不再打扰。',
      attachments: [
        {
          msgtype: 'link',
          link: {
            title: `${MALL}新品`,
            url: `${mallUrl}/`,
            desc: '十二个专柜本季新到',
            picurl: `${mallUrl}/pictures/SJ-1001.svg`,
          },
        },
      ],
      match: { states: ['快闪店'] },
    },
  ]
}
