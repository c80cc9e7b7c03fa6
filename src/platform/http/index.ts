// The door of the HTTP platform: a server without routes, the answers to everything that goes wrong, and the pages
// and description that belong to no room.

export { answerError } from './answer-errors.ts';
export { clearCookie, readCookie, setCookie, type CookieSettings } from './cookies.ts';
export { registerHealth, type Health, type HealthCheck } from './health.ts';
export { isLanguage, LANGUAGES, negotiate, type Language } from './language.ts';
export { Malformed, pointerStep, type DocumentFault } from './malformed.ts';
export { registerOpenapi, type OpenapiOptions } from './openapi.ts';
export { html, htmlPage, Markup, STYLESHEET_PATH } from './page.ts';
export { PROBLEM_TYPE, toProblem, type ProblemDocument } from './problem.ts';
export { registerProblemPages } from './problem-pages.ts';
export { problemResponses, type ProblemResponses } from './problem-responses.ts';
export { RateBudgets, type Budget } from './rate-budget.ts';
export { freshRequestId } from './request-id.ts';
export { sendJson, sendText } from './send-json.ts';
export { PAGE_POLICY, securityHeaders } from './security-headers.ts';
export { buildServer, type Server, type ServerOptions } from './server.ts';
export { bodyStream, isCompressed, lineFormat, LINE_TYPES, type LineFormat } from './streamed-body.ts';
export { problemTitle } from './words.ts';
export { partReader } from './validate.ts';
