// Door of the life of one payment over HTTP.

export { lifeRoutes } from './routes.ts';
