// Texts of a biller's own. A template is checked whole before it is taken, with the longest values there can be, so
// that no payment ever meets one that does not fit.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { faultsOf } from './compose.ts';
import { KINDS, LANGUAGES, MEDIA } from './message.ts';
import { dropTemplate, findBiller, ownTemplates, putTemplate, type TemplateKey } from './store-desk.ts';
import { defaultTemplate, type Template } from './templates.ts';

export interface ShownTemplate extends TemplateKey, Template {
  /** The biller's; else it comes with the program. */
  readonly own: boolean;
}

/** `template` left out: back to the one that comes with the program. Refuses what does not fit. */
export function setTemplate(
  database: Database,
  billerCode: string,
  key: TemplateKey,
  template: Template | undefined,
  actor: Actor,
): Promise<Outcome<ShownTemplate>> {
  return database.transaction(async (tx) => {
    const biller = await findBiller(tx, billerCode);
    if (biller === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const faults = template === undefined ? [] : faultsOf(template, key.kind, key.medium, key.language);
    if (faults.length > 0) return { ok: false, reason: faults.join('; ') };
    const known = await ownTemplates(tx, biller.billerId);
    const before = known.find((each) => isSame(each, key));
    if (template === undefined) await dropTemplate(tx, biller.billerId, key);
    else await putTemplate(tx, biller.billerId, key, template);
    const after = template === undefined ? undefined : { ...key, ...template };
    const subject = `biller/${billerCode}`;
    await recordAudit(tx, actor, { action: 'message.template', subject, before, after });
    return { ok: true, value: shown(key, template) };
  });
}

/** Every template that holds for the biller. undefined: there is no such biller. */
export function showTemplates(database: Database, billerCode: string): Promise<ShownTemplate[] | undefined> {
  return database.transaction(async (tx) => {
    const biller = await findBiller(tx, billerCode);
    if (biller === undefined) return undefined;
    const known = await ownTemplates(tx, biller.billerId);
    return KINDS.flatMap((kind) =>
      MEDIA.flatMap((medium) =>
        LANGUAGES.map((language) => {
          const own = known.find((each) => isSame(each, { kind, medium, language }));
          const template = own && { body: own.body, ...(own.subject !== null && { subject: own.subject }) };
          return shown({ kind, medium, language }, template);
        }),
      ),
    );
  });
}

function shown(key: TemplateKey, own: Template | undefined): ShownTemplate {
  const { kind, medium, language } = key;
  return {
    kind,
    medium,
    language,
    own: own !== undefined,
    ...(own ?? defaultTemplate(kind, medium, language)),
  };
}

function isSame(a: TemplateKey, b: TemplateKey): boolean {
  return a.kind === b.kind && a.medium === b.medium && a.language === b.language;
}
