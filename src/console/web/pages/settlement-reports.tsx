// The reports of a closed day, to be saved: each frozen, the same bytes each time.

import { Icon } from '../parts/icon.tsx';
import { pathWith } from '../reach/address.ts';
import { useSpeech } from '../words/words.ts';

const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;

export function SettlementReports({ settlementId, biller }: { settlementId: string; biller: string | null }) {
  const { words, language } = useSpeech();
  return (
    <>
      {FORMATS.map((format) => (
        <a
          key={format}
          class="button plain"
          href={pathWith(`/v1/settlements/${settlementId}/report.${format}`, {
            biller,
            language: format === 'json' ? undefined : language,
            bom: format === 'csv' ? 'true' : undefined,
          })}
          download
        >
          <Icon name="download" size={18} />
          {words.settlements.formats[format]}
        </a>
      ))}
    </>
  );
}
