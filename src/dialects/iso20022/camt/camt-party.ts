// Who stands on the other side of a booking. Money in comes from the debtor; what is taken back or returned names the
// parties as they were, so whoever has our own account is never the other side.

import { accountText, nameText } from '../../statements/clean-text.ts';
import { childOf, textOf, type XmlNode } from '../xml-node.ts';

export interface Party {
  readonly name: string | null;
  readonly account: string | null;
}

export interface Parties {
  readonly debtor: Party;
  readonly creditor: Party;
}

export function readParties(transaction: XmlNode, place: string): Parties {
  const parties = childOf(transaction, 'RltdPties');
  return { debtor: partyOf(parties, 'Dbtr', place), creditor: partyOf(parties, 'Cdtr', place) };
}

/** Version 2 names a party directly, later ones as a person or company (Pty), or a bank (Agt). */
function partyOf(parties: XmlNode | undefined, role: string, place: string): Party {
  const party = childOf(parties, role);
  const id = childOf(parties, `${role}Acct`, 'Id');
  return {
    name: nameText(
      textOf(party, 'Nm') ??
        textOf(party, 'Pty', 'Nm') ??
        textOf(party, 'Agt', 'FinInstnId', 'Nm') ??
        textOf(childOf(parties, `Ultmt${role}`), 'Nm') ??
        textOf(childOf(parties, `Ultmt${role}`), 'Pty', 'Nm'),
    ),
    account: accountText(textOf(id, 'IBAN') ?? textOf(id, 'Othr', 'Id'), place),
  };
}

const NOBODY: Party = { name: null, account: null };

/** `own`: the number of the statement's account. */
export function otherSide(
  { debtor, creditor }: Parties,
  isCredit: boolean,
  isUndone: boolean,
  own: string,
): Party {
  const isDebtorFirst = isCredit !== isUndone;
  const candidates = isDebtorFirst ? [debtor, creditor] : [creditor, debtor];
  return (
    candidates.find(
      ({ name, account }) => (name !== null || account !== null) && (account === null || account !== own),
    ) ?? NOBODY
  );
}
