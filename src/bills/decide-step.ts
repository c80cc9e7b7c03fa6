// The intake rules over one step of a file: lines whose bill existed already, or came twice in the step, one after
// the other as if each had been sent alone. Pure.

import type { BusinessDate } from '../kernel/business-date.ts';
import { rejectIntake } from './bill-line.ts';
import { decideIntake, holdBack, isIntake, type StandingBill } from './rules.ts';
import type { NumberedReject, Replacement, StagedRow } from './store-load-step.ts';

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

export interface StepFacts {
  /** The line number of each staged content, by its ordinal less one. */
  readonly lines: readonly number[];
  /** Bills that a debit at the bank collects. */
  readonly inDebit: ReadonlySet<string>;
  readonly today: BusinessDate;
}

export function decideStep(
  staged: readonly StagedRow[],
  { lines, inDebit, today }: StepFacts,
  newHistoryId: () => string,
): StepDecision {
  const courses = new Map<string, Course>();
  const rejects: NumberedReject[] = [];
  const counts = { created: 0, unchanged: 0, replaced: 0 };
  for (const row of staged) {
    const course = courses.get(row.bill_number) ?? courseOf(row, today);
    courses.set(row.bill_number, course);
    const incoming = { version: row.version, contentHash: row.content_hash };
    const outcome = course.fresh
      ? 'created'
      : holdBack(decideIntake(course.standing, incoming), inDebit.has(row.bill_number));
    if (!isIntake(outcome)) {
      rejects.push({ line: lines[row.ordinal - 1] ?? 0, reject: rejectIntake(outcome) });
    } else if (outcome === 'created') {
      counts.created += 1;
      course.fresh = false;
      course.ordinal = row.ordinal;
    } else if (outcome === 'unchanged') {
      counts.unchanged += 1;
    } else {
      counts.replaced += 1;
      course.past.push({ historyId: newHistoryId(), reason: outcome, ordinal: course.ordinal });
      course.ordinal = row.ordinal;
      course.standing = standingAfter(row, course.standing.version, today);
    }
  }
  return { ...counts, rejects, replacements: replacementsOf(courses) };
}

function courseOf(row: StagedRow, today: BusinessDate): Course {
  const standing: StandingBill = {
    status: row.standing_status,
    expired: row.standing_status === 'open' && isPast(row.standing_expires_on, today),
    version: row.standing_version,
    contentHash: row.standing_hash,
  };
  return { standing, fresh: row.fresh, ordinal: null, past: [] };
}

function standingAfter(row: StagedRow, version: bigint | null, today: BusinessDate): StandingBill {
  return {
    status: 'open',
    expired: isPast(row.expires_on, today),
    version: row.version ?? version,
    contentHash: row.content_hash,
  };
}

function isPast(expiresOn: BusinessDate | null, today: BusinessDate): boolean {
  return expiresOn !== null && expiresOn < today;
}

function replacementsOf(courses: ReadonlyMap<string, Course>): Replacement[] {
  const replacements: Replacement[] = [];
  for (const [billNumber, { past, ordinal, standing }] of courses) {
    if (past.length > 0 && ordinal !== null)
      replacements.push({ billNumber, past, ordinal, version: standing.version });
  }
  return replacements;
}
