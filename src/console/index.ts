// The door of the console: pages for people. They have no rules of their own and reach everything by the API.

export { buildPages, styleOf, type BuiltPages } from './build-pages.ts';
export { consolePages } from './pages.ts';
