import type { AlertTable } from '../alerts/alerts.table.ts'
import type { CreditDueTable, OrderAttributionTable, OrderCreditView } from '../attribution/attribution.table.ts'
import type { AuditEntryTable } from '../audit/audit.table.ts'
import type { CallbackInboxTable } from '../callbacks/inbox.table.ts'
import type {
  ChannelArrivalTable,
  ChannelTable,
  ChannelVisitTable,
  GuideDutyTable,
} from '../channels/channels.table.ts'
import type {
  CommissionEntryTable,
  CommissionPeriodTable,
  CommissionRuleTable,
  CommissionSettlementTable,
  CommissionTermsTable,
} from '../commission/commission.table.ts'
import type { CouponEventTable, CouponTable, CouponTemplateTable } from '../coupons/coupons.table.ts'
import type {
  CustomerTable,
  ErasedCustomerTable,
  FollowHistoryTable,
  FollowRelationOwnTagTable,
  FollowRelationTable,
  FollowRelationTagTable,
  OwnerMoveTable,
  RelationTagView,
} from '../customers/customers.table.ts'
import type { DoctorRunTable } from '../doctor/doctor-run.table.ts'
import type {
  CustomerGroupTable,
  GroupAdminTable,
  GroupMembershipTable,
  GroupMemberVersionTable,
  GroupMovementTable,
} from '../groups/groups.table.ts'
import type { GuideActionTable } from '../guide-actions/guide-actions.table.ts'
import type { DepartmentTable, GuideAliasTable, GuideTable } from '../guides/guides.table.ts'
import type { FormerMemberNoTable, IdentityDecisionTable } from '../identity/identity.table.ts'
import type { FailedJobTable, WorkerProcessTable } from '../jobs/jobs.table.ts'
import type {
  ConsentTable,
  InvitationTable,
  MemberTable,
  PhoneVerificationTable,
} from '../membership/membership.table.ts'
import type { RememberedAnswerTable } from '../open-api/remembered-answer.table.ts'
import type { SalesOrderLineTable, SalesOrderRevisionTable, SalesOrderTable } from '../orders/orders.table.ts'
import type { HandoverCustomerTable, HandoverGroupTable, HandoverTable } from '../ownership/handover.table.ts'
import type { ProductStockTable, ProductTable } from '../products/products.table.ts'
import type { SalesRefundLineTable, SalesRefundRevisionTable, SalesRefundTable } from '../refunds/refunds.table.ts'
import type {
  RepeatPurchaseTable,
  SalesCellTable,
  SalesDueTable,
  SalesFactLineTable,
  SalesFactTable,
} from '../reports/reports.table.ts'
import type { ShareTable } from '../shares/shares.table.ts'
import type { StoreTable } from '../stores/stores.table.ts'
import type { SyncRunTable, SyncUnitTable } from '../sync/sync.table.ts'
import type {
  TagGroupRecordTable,
  TagGroupTable,
  TagListReadingTable,
  TagTable,
  TagUseTable,
  TagWriteTable,
} from '../tags/tags.table.ts'
import type {
  BenefitGrantTable,
  MemberBenefitTable,
  MembershipTierTable,
  TierDueTable,
  TierMoveTable,
  TierStandingTable,
} from '../tiers/tiers.table.ts'
import type { WecomCredentialTable } from '../wecom/credential.table.ts'
import type { MediaTable, WelcomeRuleTable, WelcomeTable } from '../welcome/welcome.table.ts'

/** Every table, camelCased; a test holds this against the migrated database, column by column. */
export interface Database {
  callbackInbox: CallbackInboxTable
  failedJob: FailedJobTable
  workerProcess: WorkerProcessTable
  wecomCredential: WecomCredentialTable
  alert: AlertTable
  doctorRun: DoctorRunTable
  syncRun: SyncRunTable
  syncUnit: SyncUnitTable
  store: StoreTable
  department: DepartmentTable
  guide: GuideTable
  guideAlias: GuideAliasTable
  customer: CustomerTable
  followRelation: FollowRelationTable
  followHistory: FollowHistoryTable
  followRelationTag: FollowRelationTagTable
  followRelationOwnTag: FollowRelationOwnTagTable
  relationTag: RelationTagView
  ownerMove: OwnerMoveTable
  erasedCustomer: ErasedCustomerTable
  tagGroup: TagGroupTable
  tag: TagTable
  tagListReading: TagListReadingTable
  tagGroupRecord: TagGroupRecordTable
  tagWrite: TagWriteTable
  tagUse: TagUseTable
  customerGroup: CustomerGroupTable
  groupAdmin: GroupAdminTable
  groupMembership: GroupMembershipTable
  groupMovement: GroupMovementTable
  groupMemberVersion: GroupMemberVersionTable
  auditEntry: AuditEntryTable
  rememberedAnswer: RememberedAnswerTable
  guideAction: GuideActionTable
  handover: HandoverTable
  handoverCustomer: HandoverCustomerTable
  handoverGroup: HandoverGroupTable
  channel: ChannelTable
  channelArrival: ChannelArrivalTable
  channelVisit: ChannelVisitTable
  guideDuty: GuideDutyTable
  member: MemberTable
  invitation: InvitationTable
  consent: ConsentTable
  phoneVerification: PhoneVerificationTable
  membershipTier: MembershipTierTable
  memberBenefit: MemberBenefitTable
  tierStanding: TierStandingTable
  tierMove: TierMoveTable
  benefitGrant: BenefitGrantTable
  tierDue: TierDueTable
  product: ProductTable
  productStock: ProductStockTable
  salesOrder: SalesOrderTable
  salesOrderLine: SalesOrderLineTable
  salesOrderRevision: SalesOrderRevisionTable
  salesRefund: SalesRefundTable
  salesRefundLine: SalesRefundLineTable
  salesRefundRevision: SalesRefundRevisionTable
  orderAttribution: OrderAttributionTable
  orderCredit: OrderCreditView
  creditDue: CreditDueTable
  commissionRule: CommissionRuleTable
  commissionTerms: CommissionTermsTable
  commissionEntry: CommissionEntryTable
  commissionPeriod: CommissionPeriodTable
  commissionSettlement: CommissionSettlementTable
  salesFact: SalesFactTable
  salesFactLine: SalesFactLineTable
  repeatPurchase: RepeatPurchaseTable
  salesCell: SalesCellTable
  salesDue: SalesDueTable
  identityDecision: IdentityDecisionTable
  formerMemberNo: FormerMemberNoTable
  couponTemplate: CouponTemplateTable
  coupon: CouponTable
  couponEvent: CouponEventTable
  welcomeRule: WelcomeRuleTable
  welcome: WelcomeTable
  media: MediaTable
  share: ShareTable
}
