// Door of the search for payments by people who hold a receipt, a reference, a bill or a name.

export { searchRoutes } from './routes.ts';
