// Sub-door of the bills room: inquiries.

export { checkMayAsk } from './circumstances.ts';
export { InquiryBatch } from './inquiry-batch.ts';
export { inquire, type InquiryTools } from './inquire.ts';
export { inquiryRoutes } from './routes.ts';
