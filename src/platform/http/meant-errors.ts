// Of a union of forms, ajv tells the errors of every branch. A caller meant one of them: this keeps the branch that
// comes closest, joins branches that differ only by a value or a type, and drops the rest.

import type { ErrorObject } from 'ajv';

/** The errors to tell, outer unions settled before the ones inside the branch that was kept. */
export function meantErrors(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const union = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .sort((one, other) => one.schemaPath.length - other.schemaPath.length)[0];
  if (union === undefined) return errors;
  const rest: ErrorObject[] = [];
  const under: ErrorObject[] = [];
  for (const error of errors) {
    if (error !== union) (isUnder(union, error) ? under : rest).push(error);
  }
  return [...meantErrors(rest), ...meantErrors(meantBranch(union, under))];
}

function isUnder(union: ErrorObject, { schemaPath, instancePath }: ErrorObject): boolean {
  return (
    schemaPath.startsWith(`${union.schemaPath}/`) &&
    (instancePath === union.instancePath || instancePath.startsWith(`${union.instancePath}/`))
  );
}

function meantBranch(union: ErrorObject, under: readonly ErrorObject[]): readonly ErrorObject[] {
  const { instancePath, schemaPath } = union;
  const keywords = new Set(
    under.map((error) => (error.instancePath === instancePath ? error.keyword : 'deeper')),
  );
  if (keywords.size === 1 && keywords.has('const')) {
    return [
      {
        ...union,
        keyword: 'enum',
        params: { allowedValues: under.map(({ params }) => params.allowedValue as unknown) },
      },
    ];
  }
  if (keywords.size === 1 && keywords.has('type')) {
    return [
      {
        ...union,
        keyword: 'type',
        params: { type: [...new Set(under.flatMap(({ params }) => params.type as unknown))] },
      },
    ];
  }
  const branches = new Map<string, ErrorObject[]>();
  for (const error of under) {
    const branch = error.schemaPath.slice(schemaPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const [closest] = [...branches.values()].sort(
    (one, other) => distance(one, union) - distance(other, union),
  );
  return closest ?? [{ ...union, keyword: 'not' }];
}

/**
 * A branch of another type, or whose constants differ, is further away than any count of smaller errors; one of whose names
 * none is given lies between.
 */
function distance(branch: readonly ErrorObject[], union: ErrorObject): number {
  const other = branch.some(
    ({ keyword, instancePath }) =>
      keyword === 'const' || (keyword === 'type' && instancePath === union.instancePath),
  );
  const unnamed = branch.some(({ keyword }) => keyword === 'enum');
  return branch.length + (other ? 1000 : unnamed ? 500 : 0);
}
