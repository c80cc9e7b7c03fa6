// The intake rules over one step of a file: lines whose bill existed already, or came twice in the step, one after
// the other as if each had been sent alone. Pure.

import type { BusinessDate } from '../kernel/business-date.ts';
import { rejectIntake } from './bill-line.ts';
import { decideIntake, isIntake, type IncomingBill, type StandingBill } from './rules.ts';
import type { NumberedReject, Replacement, StandingRow } from './store-load-step.ts';

/** What the rules need of a line; its content is staged in the database under its place in the list, from 1. */
export interface StepBill extends IncomingBill {
  readonly line: number;
  readonly billNumber: string;
  readonly expiresOn: BusinessDate | null;
}

export interface StepDecision {
  readonly created: number;
  readonly unchanged: number;
  /** Accepted lines that gave a bill new content. */
  readonly replaced: number;
  readonly replacements: readonly Replacement[];
  readonly rejects: readonly NumberedReject[];
}

interface Course {
  standing: StandingBill;
  /** Inserted by this step and not met yet: its first line made it. */
  fresh: boolean;
  /** The staged content that stands now; null: the one from before the step. */
  ordinal: number | null;
  readonly past: { historyId: string; reason: 'replaced' | 'reopened'; ordinal: number | null }[];
}

/** `standing` has a row for every bill of the step: what was there, and what the step has just inserted. */
export function decideStep(
  bills: readonly StepBill[],
  standing: readonly StandingRow[],
  today: BusinessDate,
  newHistoryId: () => string,
): StepDecision {
  const courses = new Map(standing.map((row) => [row.bill_number, courseOf(row, today)]));
  const rejects: NumberedReject[] = [];
  const counts = { created: 0, unchanged: 0, replaced: 0 };
  bills.forEach((bill, index) => {
    const course = courses.get(bill.billNumber);
    if (course === undefined) throw new Error(`bill ${bill.billNumber} is neither old nor new`);
    const outcome = course.fresh ? 'created' : decideIntake(course.standing, bill);
    if (!isIntake(outcome)) {
      rejects.push({ line: bill.line, reject: rejectIntake(outcome) });
    } else if (outcome === 'created') {
      counts.created += 1;
      course.fresh = false;
      course.ordinal = index + 1;
    } else if (outcome === 'unchanged') {
      counts.unchanged += 1;
    } else {
      counts.replaced += 1;
      course.past.push({ historyId: newHistoryId(), reason: outcome, ordinal: course.ordinal });
      course.ordinal = index + 1;
      course.standing = standingAfter(bill, course.standing.version, today);
    }
  });
  return { ...counts, rejects, replacements: replacementsOf(courses) };
}

function courseOf(row: StandingRow, today: BusinessDate): Course {
  const expired = row.status === 'open' && row.expires_on !== null && row.expires_on < today;
  const standing = { status: row.status, expired, version: row.version, contentHash: row.content_hash };
  return { standing, fresh: row.fresh, ordinal: null, past: [] };
}

function standingAfter(bill: StepBill, version: bigint | null, today: BusinessDate): StandingBill {
  return {
    status: 'open',
    expired: bill.expiresOn !== null && bill.expiresOn < today,
    version: bill.version ?? version,
    contentHash: bill.contentHash,
  };
}

function replacementsOf(courses: ReadonlyMap<string, Course>): Replacement[] {
  const replacements: Replacement[] = [];
  for (const [billNumber, { past, ordinal, standing }] of courses) {
    if (past.length > 0 && ordinal !== null) replacements.push({ billNumber, past, ordinal, version: standing.version });
  }
  return replacements;
}
