// Who may go to a place, by whose people they are.

export const OPERATOR = ['operator-admin', 'support'] as const;
export const AGENCY = ['finance-officer', 'approver'] as const;
export const CHANNEL = ['channel-officer'] as const;
export const ALL = [...OPERATOR, ...AGENCY, ...CHANNEL] as const;
