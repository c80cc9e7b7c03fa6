// Whatever is done to a mandate, by whom and in which order: the answer and the state are those of the table, its history is
// a path through the table, and there is one event for each change of state.
import fc from 'fast-check';
import t from 'tap';
import { MOVES, TRANSITIONS, type MandateState, type Move } from '../../src/mandates/mandates/states.ts';
import type { Side } from '../../src/mandates/mandates/mandate.ts';
import {
  act,
  decide,
  eventsOf,
  makeMandateWorld,
  opened,
  validate,
  type MandateWorld,
} from '../support/mandates.ts';

const DOINGS = [
  'submit',
  'validate',
  'refuse',
  'accept',
  'reject',
  'return',
  'suspend agency',
  'suspend payer',
  'suspend bank',
  'resume agency',
  'resume payer',
  'resume bank',
  'cancel agency',
  'cancel bank',
] as const;
type Doing = (typeof DOINGS)[number];
type Outcome = 'ok' | 'mandate-state' | 'approval-decided';

interface Model {
  state: MandateState;
  held: Set<Side>;
  word: 'bank-validated' | 'bank-refused' | undefined;
  isAsked: boolean;
  isSent: boolean;
}

const DECISIONS: Readonly<Record<string, Move>> = {
  accept: 'accepted',
  reject: 'rejected',
  return: 'returned',
};

/** What the answer must be; the model has moved. */
function expected(model: Model, doing: Doing): Outcome {
  const [verb, side = 'agency'] = doing.split(' ') as [string, Side?];
  const go = (move: Move): Outcome => {
    const state = TRANSITIONS[move][model.state];
    if (state === undefined) return 'mandate-state';
    model.state = state;
    return 'ok';
  };
  switch (verb) {
    case 'submit': {
      if (model.state === 'submitted') return 'ok';
      const outcome = go('submitted');
      if (outcome === 'ok') Object.assign(model, { word: undefined, isAsked: false, isSent: true });
      return outcome;
    }
    case 'validate':
    case 'refuse': {
      const word = verb === 'validate' ? 'bank-validated' : 'bank-refused';
      if (model.state !== 'submitted') return model.word === word ? 'ok' : 'mandate-state';
      Object.assign(model, { word, isAsked: word === 'bank-validated' });
      return go(word);
    }
    case 'suspend':
      if (model.state !== 'accepted' && model.state !== 'suspended') return 'mandate-state';
      model.held.add(side);
      return go('suspended');
    case 'resume':
      if (model.state === 'accepted') return 'ok';
      if (model.state !== 'suspended' || !model.held.delete(side)) return 'mandate-state';
      return model.held.size > 0 ? 'ok' : go('resumed');
    case 'cancel':
      return model.state === 'cancelled' ? 'ok' : go('cancelled');
    default:
      if (!model.isAsked) return 'mandate-state';
      if (model.state !== 'bank-validated') return 'approval-decided';
      return go(DECISIONS[verb] ?? 'rejected');
  }
}

function send({ agency, bank, approver }: MandateWorld, id: string, doing: Doing) {
  const [verb = '', side = 'agency'] = doing.split(' ');
  const reason = 'as it pleased';
  switch (verb) {
    case 'submit':
      return act(agency, id, 'submission');
    case 'validate':
      return validate(bank, id);
    case 'refuse':
      return validate(bank, id, { decision: 'refused', reason });
    case 'suspend':
    case 'resume':
    case 'cancel': {
      const what = { suspend: 'suspension', resume: 'resumption', cancel: 'cancellation' }[verb];
      return side === 'bank' ? act(bank, id, what, { reason }) : act(agency, id, what, { reason, by: side });
    }
    default:
      return decide(approver, id, verb);
  }
}

/** Random ones would seldom come far. */
const BEGINNINGS: Doing[][] = [[], ['submit', 'validate'], ['submit', 'validate', 'accept']];

t.test('any doings in any order', async (t) => {
  const world = await makeMandateWorld(t);
  const doings = fc.tuple(
    fc.constantFrom(...BEGINNINGS),
    fc.array(fc.constantFrom(...DOINGS), { minLength: 1, maxLength: 10 }),
  );
  await fc.assert(
    fc.asyncProperty(doings, async ([first, rest]) => {
      const id = await opened(world.agency, { draft: true });
      const model: Model = {
        state: 'draft',
        held: new Set(),
        word: undefined,
        isAsked: false,
        isSent: false,
      };
      for (const doing of [...first, ...rest]) {
        // What a bank has not seen yet is not there for it.
        if (!model.isSent && /bank|validate|refuse/.test(doing)) continue;
        const should = expected(model, doing);
        const { code, body, problem } = await send(world, id, doing);
        const state = body?.state ?? (problem as { state?: string } | undefined)?.state;
        if (code !== should || (should !== 'approval-decided' && state !== model.state))
          throw new Error(`${doing}: ${code} ${state}, should be ${should} ${model.state}`);
        if (body !== undefined && model.state === 'suspended' && body.suspendedBy.length !== model.held.size)
          throw new Error(`${doing}: held by ${body.suspendedBy.join()}`);
      }
      await checkHistory(world, id);
    }),
    { numRuns: 40 },
  );
});

async function checkHistory(world: MandateWorld, id: string): Promise<void> {
  const { body } = await world.agency.send<{
    revision: number;
    history: { action: string; state: MandateState }[];
  }>('GET', `/v1/mandates/${id}`);
  const moved: string[] = [];
  let state: MandateState = 'draft';
  for (const step of body?.history.slice(1) ?? []) {
    const move = MOVES.find((each) => each === step.action);
    if (move === undefined) throw new Error(`a step ${step.action}`);
    const to: MandateState | undefined = TRANSITIONS[move][state];
    if (to !== step.state && step.state !== state) throw new Error(`${state} ${move} ${step.state}`);
    if (step.state !== state) moved.push(`mandate.${move}`);
    state = step.state;
  }
  const events = await eventsOf(world, id);
  if (events.map(({ type }) => type).join() !== moved.join() || body?.revision !== moved.length)
    throw new Error(`events ${events.map(({ type }) => type).join()}, moves ${moved.join()}`);
}
