// The form of the codes by which agencies call payers, units, services and budget lines. Bills name what the operator has
// set for their agency: both are held to the same form.

/** As a regular expression. ASCII, without a bar; never in a path, so a slash may divide levels. */
export const CODE = '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$';
