// Every route of every room on one server. Built with its tools by the gateway, and without any by the program that
// writes the OpenAPI document.

import { auditRoutes, providerRoutes, sessionRoutes, signInRoute, type AccessTools } from './access/index.ts';
import { approvalRoutes, type ApprovalTools } from './approvals/index.ts';
import { billRoutes, type BillTools } from './bills/index.ts';
import { inquiryRoutes, type InquiryTools } from './bills/inquiry/index.ts';
import {
  configurationRoutes,
  keepGate,
  type ConfigurationTools,
  type GatekeeperParts,
} from './channels/index.ts';
import { consolePages, styleOf, type BuiltPages } from './console/index.ts';
import { confirmationRoutes, type ConfirmationTools } from './confirmations/index.ts';
import { lifeRoutes } from './desk/life/index.ts';
import { todayRoutes } from './desk/today/index.ts';
import { remittanceRoutes } from './settlement/remittances/index.ts';
import { settlementRoutes, type SettlementTools } from './settlement/index.ts';
import { paymentRoutes, receiptRoutes, type PaymentTools } from './payments/index.ts';
import { searchRoutes } from './payments/search/index.ts';
import { creditRoutes } from './payments/credit/index.ts';
import { bankAccountRoutes } from './reconciliation/bank-accounts/index.ts';
import { breakRoutes, type BreakTools } from './reconciliation/breaks/index.ts';
import { disputeRoutes, type DisputeTools } from './reconciliation/disputes/index.ts';
import {
  buildServer,
  registerHealth,
  registerOpenapi,
  registerProblemPages,
  type Health,
  type Server,
  type ServerOptions,
} from './platform/http/index.ts';
import {
  debitRoutes,
  demandRoutes,
  mandateRoutes,
  type DecisionTools,
  type DemandTools,
} from './mandates/index.ts';
import type { Log } from './platform/log.ts';
import { channelDayRoutes, type ChannelDayTools } from './reconciliation/channel-days/index.ts';
import { positionRoutes } from './reconciliation/position/index.ts';
import { statementRoutes, type KeepingParts } from './reconciliation/statements/index.ts';
import { documentRoutes } from './settlement/documents/index.ts';
import {
  countService,
  reportRoutes,
  type ReportTools,
  type ServiceCounts,
} from './settlement/reports/index.ts';

export interface ApiTools {
  readonly gate: GatekeeperParts;
  readonly access: AccessTools;
  readonly bills: BillTools;
  readonly inquiries: InquiryTools;
  readonly payments: PaymentTools;
  readonly confirmations: ConfirmationTools;
  readonly settlements: SettlementTools;
  readonly statements: KeepingParts;
  readonly channelDays: ChannelDayTools;
  readonly approvals: ApprovalTools;
  readonly breaks: BreakTools;
  readonly disputes: DisputeTools;
  readonly mandates: DecisionTools & DemandTools;
  readonly reports: ReportTools & { readonly counts: ServiceCounts };
  readonly configuration: ConfigurationTools;
  readonly health: Health;
  /** undefined: the API alone. */
  readonly pages: (() => Promise<BuiltPages>) | undefined;
}

/** The API as it is, without a database behind it: for the OpenAPI document. Calling a route of it throws. */
export async function describeApi(log: Log): Promise<Server> {
  return buildApi(undescribed(), { log, trustProxy: false });
}

/** A bill file over a slow line; an upload that stands still for a minute is cut off by its own route. */
const LONGEST_UPLOAD_MS = 3_600_000;

const VERSION = '0.1.0';

const TAGS = [
  { name: 'payments', description: 'Channels pay, look up, reverse and cancel.' },
  { name: 'bills', description: 'Channels inquire; agencies present and withdraw what is owed.' },
  { name: 'events', description: 'Agencies are told what happened.' },
  { name: 'settlements', description: 'Agencies read what each day came to and where it went.' },
  { name: 'people', description: 'People sign in; programs have keys.' },
  {
    name: 'mandates',
    description: 'Payers let agencies collect from their accounts: opened, validated by the bank, accepted.',
  },
  { name: 'approvals', description: 'What one person asks for and another decides.' },
  {
    name: 'reconciliation',
    description:
      'What is owed and what banks say of it; what two sides do not say alike, and what becomes of it.',
  },
  { name: 'reports', description: 'Totals of a day, performance, statements for payers.' },
  { name: 'public', description: 'For anyone who holds a receipt.' },
  { name: 'operations', description: 'For those who run the gateway.' },
];

export async function buildApi(tools: ApiTools, options: ServerOptions): Promise<Server> {
  const app = buildServer({
    requestTimeoutMs: LONGEST_UPLOAD_MS,
    ...options,
    caller: (request) => request.principal?.code,
  });
  await registerOpenapi(app, { version: VERSION, tags: TAGS });
  await app.register(async (api: Server) => {
    keepGate(api, tools.gate);
    countService(api, tools.reports.counts, tools.reports.directory);
    inquiryRoutes(api, tools.inquiries);
    billRoutes(api, tools.bills);
    paymentRoutes(api, tools.payments);
    confirmationRoutes(api, tools.confirmations);
    settlementRoutes(api, tools.settlements);
    remittanceRoutes(api, tools.settlements);
    channelDayRoutes(api, tools.channelDays);
    searchRoutes(api, tools.payments);
    creditRoutes(api, tools.payments);
    sessionRoutes(api, tools.access);
    approvalRoutes(api, tools.approvals);
    breakRoutes(api, tools.breaks);
    disputeRoutes(api, tools.disputes);
    mandateRoutes(api, tools.mandates);
    debitRoutes(api, tools.mandates);
    demandRoutes(api, tools.mandates);
    documentRoutes(api, tools.reports);
    reportRoutes(api, tools.reports);
    positionRoutes(api, tools.reports);
    statementRoutes(api, tools.statements);
    bankAccountRoutes(api, tools.settlements);
    todayRoutes(api, tools.reports);
    lifeRoutes(api, tools.reports);
    auditRoutes(api, tools.reports);
    configurationRoutes(api, tools.configuration);
  });
  signInRoute(app, tools.access);
  providerRoutes(app, tools.access);
  const { pages } = tools;
  receiptRoutes(app, {
    database: tools.payments.database,
    budgets: tools.gate.budgets,
    style: pages && (async () => styleOf(await pages())),
  });
  registerProblemPages(app);
  if (pages !== undefined) consolePages(app, pages);
  registerHealth(app, tools.health);
  await app.ready();
  return app;
}

/** Routes keep their tools for later calls, and a gateway that only describes itself is never called. Pages would be built. */
function undescribed<T extends object>(): T {
  const left: readonly (string | symbol)[] = ['then', 'pages'];
  return new Proxy({}, { get: (_, name) => (left.includes(name) ? undefined : undescribed<object>()) }) as T;
}
